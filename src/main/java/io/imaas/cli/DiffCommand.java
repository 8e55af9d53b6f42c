package io.imaas.cli;

import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.promotion.LineDiff;
import io.imaas.plan.snapshot.ReleaseGap;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.report.DiffHtml;
import io.imaas.report.Json;
import io.imaas.step.observe.ReleaseGapObserver;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas diff}: what lies between two environments of a service. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "What lies between two environments: release, common values, image labels, source commits.")
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Parameters(paramLabel = "SERVICE", description = "which service")
    private String service;

    @Option(names = "--from", required = true, paramLabel = "E", description = "the newer side, such as test")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "E", description = "the older side, such as prod")
    private String to;

    @Option(
            names = "--source",
            paramLabel = "URL",
            description = "the service's own repository, for the commits between (default: as --platform says)")
    private String source;

    @Option(
            names = "--labels",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "ask the registry for the images' labels (default: yes)")
    private boolean labels;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            ServiceState newer = find(session, new EnvironmentName(from));
            ServiceState older = find(session, new EnvironmentName(to));
            ReleaseGap gap = gap(session).observe(newer.release(), older.release());
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("service", service);
            told.put("from", side(newer.release()));
            told.put("to", side(older.release()));
            List<String> release = LineDiff.of(text(older.releaseFile()), text(newer.releaseFile()));
            List<String> values = LineDiff.of(text(older.valuesFile()), text(newer.valuesFile()));
            told.put("release", release);
            told.put("values", values);
            told.put("labels", gap.labels());
            told.put("labelsNote", gap.labelsNote());
            told.put("commits", Map.of("came", gap.came(), "gone", gap.gone()));
            told.put("commitsNote", gap.commitsNote());
            if (report.wanted()) {
                Map<String, List<String>> files = new LinkedHashMap<>();
                files.put("release.yaml", release);
                files.put("values.yaml", values);
                files.put("image labels", gap.labelLines());
                files.put("source commits", gap.commitLines());
                report.write(
                        service + ": " + to + " to " + from,
                        heading(newer.release(), older.release()),
                        DiffHtml.fragment(files));
            }
            if (format.json()) {
                out.println(Json.pretty(told));
            } else {
                out.println(service + ": " + heading(newer.release(), older.release()));
                print(out, "release.yaml", release);
                print(out, "values.yaml", values);
                print(out, "image labels", gap.labelLines());
                print(out, "source commits", gap.commitLines());
            }
            out.flush();
            return 0;
        }
    }

    private String heading(Release newer, Release older) {
        return from + " has " + words(newer) + ", " + to + " has " + words(older);
    }

    private static void print(PrintWriter out, String part, List<String> lines) {
        lines.forEach(line -> out.println(part + "  " + line));
    }

    private ReleaseGapObserver gap(GitOpsSession session) {
        Supplier<GitRepository> sources =
                session.sources(new ServiceName(service), source).orElse(null);
        ImageRegistry registry = labels ? new HttpImageRegistry(RegistryCredentials.of(System.getenv())) : null;
        return new ReleaseGapObserver(registry, sources);
    }

    private ServiceState find(GitOpsSession session, EnvironmentName environment) {
        return session.state(new ServiceName(service), environment)
                .service(new ServiceName(service))
                .orElseThrow(() -> FailureException.input(
                        "there is no " + service + " in " + environment, "", "see 'imaas status'"));
    }

    private static Map<String, String> side(Release release) {
        return release == null ? Map.of() : release.values();
    }

    private static String words(Release release) {
        return release == null
                ? "no release"
                : release.version() + " (" + release.image().digest().abbreviated() + ")";
    }

    private static String text(String file) {
        return file == null ? "" : file;
    }
}
