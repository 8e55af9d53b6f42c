package io.imaas.adapter.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.ChartRenderer;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.port.Remembered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders with Helm 3 in this process. The first call of a process loads the library (about a second),
 * further ones take milliseconds. Safe for use by several threads.
 */
public final class HelmRenderer implements ChartRenderer {
    /** The oldest Kubernetes that its makers still fix, where nobody says which one the cluster has. */
    private static final String DEFAULT_KUBERNETES = "1.32.0";

    /** Some ten kilobytes of text each as a rule. */
    private static final int REMEMBERED = 512;

    private final String kubernetes;
    private final Remembered<Object, List<Manifest>> known = new Remembered<>(REMEMBERED);

    public HelmRenderer() {
        this(DEFAULT_KUBERNETES);
    }

    /**
     * @param kubernetes version that charts are rendered for, such as {@code 1.33.2}: the library's own default is
     *     1.20, which charts of today refuse
     */
    public HelmRenderer(String kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** What gates looked at a moment ago is rendered again when it lands: same files, same bytes. */
    @Override
    public List<Manifest> render(Chart chart) {
        return known.answer(chart, () -> List.copyOf(renderAnew(chart)));
    }

    @Override
    public List<Manifest> read(String yaml, String namespace) {
        return known.answer(new Text(yaml, namespace), () -> List.copyOf(RenderedDocuments.split(yaml, namespace)));
    }

    private record Text(String yaml, String namespace) {}

    private List<Manifest> renderAnew(Chart chart) {
        Path folder = folder(chart);
        JavaSignals.remembered();
        try {
            Path scratch = Files.createTempDirectory(
                    "imaas-helm-" + ProcessHandle.current().pid() + "-");
            List<Path> files = new ArrayList<>();
            try {
                TemplateCommand command = new Helm(folder)
                        .template()
                        .withName(chart.releaseName())
                        .withNamespace(chart.namespace())
                        .withKubeVersion(kubernetes);
                for (String values : chart.values()) {
                    Path file = scratch.resolve("values-" + files.size() + ".yaml");
                    files.add(file);
                    command = command.withValuesFile(Files.writeString(file, values));
                }
                return RenderedDocuments.split(call(command, chart), chart.namespace());
            } finally {
                JavaSignals.restore();
                UnpackedLibrary.deleted();
                files.add(scratch);
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw FailureException.external(
                    "no room for Helm to work in: " + e.getMessage(),
                    System.getProperty("java.io.tmpdir"),
                    "free space there, or set java.io.tmpdir",
                    e);
        }
    }

    private static String call(TemplateCommand command, Chart chart) {
        try {
            String rendered = command.call();
            if (rendered == null) {
                throw FailureException.input(
                        "the chart renders no object that is not a hook of Helm",
                        HelmErrors.release(chart),
                        "take helm.sh/hook out");
            }
            return rendered;
        } catch (IllegalStateException e) {
            throw new FailureException(HelmErrors.failure(e, chart), e);
        }
    }

    private static Path folder(Chart chart) {
        Path folder = Path.of(chart.folder());
        if (!Files.isRegularFile(folder.resolve("Chart.yaml"))) {
            throw FailureException.input("there is no chart here", chart.folder(), "a chart's folder has a Chart.yaml");
        }
        return folder;
    }

    /** Helm's own words, without the Go around them. */
    private static final class HelmErrors {
        /** {@code execution error at (chart/templates/x.yaml:3:4): message}: what {@code fail} and {@code required} say. */
        private static final Pattern REFUSED = Pattern.compile("(?s)execution error at \\(([^)]*)\\): (.*)");

        private static final Pattern SCHEMA =
                Pattern.compile("(?s).*don't meet the specifications of the schema.*?:\\s*(.*)");
        /** Advice for Helm's command line, which nobody used here. */
        private static final Pattern ADVICE = Pattern.compile("\\s*Use --debug flag to render out invalid YAML\\s*");

        private static final Pattern TEMPLATE_CALL = Pattern.compile("template: [^<]*<[^>]*>: error calling include: ");

        private HelmErrors() {}

        static Failure failure(IllegalStateException error, Chart chart) {
            String words = ADVICE.matcher(String.valueOf(error.getMessage()))
                    .replaceAll("")
                    .strip();
            Matcher refused = REFUSED.matcher(words);
            if (refused.find()) {
                return new Failure(
                        FailureKind.INPUT,
                        TEMPLATE_CALL.matcher(refused.group(2)).replaceAll(""),
                        release(chart),
                        "change the values and render again");
            }
            Matcher schema = SCHEMA.matcher(words);
            if (schema.matches()) {
                return new Failure(
                        FailureKind.INPUT,
                        "the values do not fit the chart: " + schema.group(1).strip(),
                        release(chart),
                        "the chart's README lists every value");
            }
            return new Failure(FailureKind.INPUT, "the chart does not render: " + words, release(chart), "");
        }

        private static String release(Chart chart) {
            return chart.namespace() + "/" + chart.releaseName();
        }
    }
}
