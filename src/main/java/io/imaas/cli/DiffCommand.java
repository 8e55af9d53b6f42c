package io.imaas.cli;

import io.imaas.model.EnvironmentName;
import io.imaas.model.FailureException;
import io.imaas.model.Release;
import io.imaas.model.ServiceName;
import io.imaas.plan.promotion.LineDiff;
import io.imaas.plan.state.GitOpsState;
import io.imaas.plan.state.ServiceState;
import io.imaas.report.DiffHtml;
import io.imaas.report.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
        description = "What lies between two environments: release, source commits, common values.")
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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            GitOpsState state = session.state();
            ServiceState newer = find(state, new EnvironmentName(from));
            ServiceState older = find(state, new EnvironmentName(to));
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("service", service);
            told.put("from", side(newer.release()));
            told.put("to", side(older.release()));
            told.put("release", LineDiff.of(text(older.releaseFile()), text(newer.releaseFile())));
            told.put("values", LineDiff.of(text(older.valuesFile()), text(newer.valuesFile())));
            if (report.wanted()) {
                Map<String, List<String>> files = new LinkedHashMap<>();
                files.put("release.yaml", LineDiff.of(text(older.releaseFile()), text(newer.releaseFile())));
                files.put("values.yaml", LineDiff.of(text(older.valuesFile()), text(newer.valuesFile())));
                report.write(
                        service + ": " + to + " to " + from,
                        heading(newer.release(), older.release()),
                        DiffHtml.fragment(files));
            }
            if (format.json()) {
                out.println(Json.pretty(told));
            } else {
                print(out, told, newer.release(), older.release());
            }
            out.flush();
            return 0;
        }
    }

    private String heading(Release newer, Release older) {
        return from + " has " + words(newer) + ", " + to + " has " + words(older);
    }

    private void print(PrintWriter out, Map<String, Object> told, Release newer, Release older) {
        out.println(service + ": " + heading(newer, older));
        if (newer != null && older != null && newer.source() != null && older.source() != null) {
            out.println("sources: git log " + older.source().abbreviated() + ".."
                    + newer.source().abbreviated());
        }
        for (String part : List.of("release", "values")) {
            for (Object line : (List<?>) told.get(part)) {
                out.println(part + ".yaml  " + line);
            }
        }
    }

    private ServiceState find(GitOpsState state, EnvironmentName environment) {
        return state.environment(environment)
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
