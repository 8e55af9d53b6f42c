package io.imaas.adapter.helm;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.ChartRenderer.Chart;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Helm's own words, without the Go around them. */
final class HelmErrors {
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
