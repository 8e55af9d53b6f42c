package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.report.Json;
import io.imaas.report.PastReleasesHtml;
import java.io.PrintWriter;
import java.util.ArrayList;
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

/** {@code imaas history}: what a service ran in each environment, from Git alone. */
@Command(name = "history", description = "What a service ran in each environment, newest first, from Git alone.")
public final class HistoryCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Parameters(index = "0", paramLabel = "SERVICE", description = "which service")
    private String service;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ENV", description = "only this environment (default: all)")
    private String environment;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "how many releases an environment at the most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServiceName name = new ServiceName(service);
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.reading(gitops, assembly -> {}, name)) {
            Map<String, List<PastRelease>> past = new LinkedHashMap<>();
            session.imaas()
                    .history(
                            session.tenant(),
                            name,
                            environment == null ? null : new EnvironmentName(environment),
                            limit)
                    .forEach((each, releases) -> past.put(each.value(), releases));
            if (report.wanted()) {
                report.write(
                        "History of " + name,
                        session.tenant().name() + ", "
                                + session.imaas().ports().clock().now(),
                        PastReleasesHtml.fragment(past));
            }
            Map<String, List<Line>> told = new LinkedHashMap<>();
            past.forEach((each, releases) -> told.put(each, lines(releases)));
            if (format.json()) {
                out.println(Json.pretty(told));
            } else {
                told.forEach((each, lines) -> print(out, each, lines));
            }
            out.flush();
            return 0;
        }
    }

    private static void print(PrintWriter out, String environment, List<Line> lines) {
        out.println(environment);
        for (Line line : lines) {
            out.println("  " + line.at() + "  " + line.version() + "  "
                    + line.digest().substring(7, 19) + "  " + line.by() + "  " + line.subject());
        }
        if (lines.isEmpty()) {
            out.println("  nothing yet");
        }
    }

    private static List<Line> lines(List<PastRelease> past) {
        List<Line> lines = new ArrayList<>();
        for (PastRelease release : past) {
            lines.add(new Line(
                    release.at().toString(),
                    release.release().version(),
                    release.release().image().digest().value(),
                    release.by(),
                    release.commit().value(),
                    release.subject()));
        }
        return lines;
    }

    /** A release as it is told. */
    record Line(String at, String version, String digest, String by, String commit, String subject) {}
}
