package io.imaas.cli;

import io.imaas.model.request.DiffRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.DiffHtml;
import io.imaas.report.Json;
import io.imaas.report.ReleaseDiff;
import java.io.PrintWriter;
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
        description = "What lies between two environments: release, common values, image labels, source commits.")
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Parameters(index = "0", paramLabel = "SERVICE", description = "which service")
    private String service;

    @Parameters(index = "1", paramLabel = "NEWER", description = "the newer side, such as test")
    private String from;

    @Parameters(index = "2", paramLabel = "OLDER", description = "the older side, such as prod")
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
        ServiceName name = new ServiceName(service);
        DiffRequest request = new DiffRequest(
                name,
                new EnvironmentName(from),
                new EnvironmentName(to),
                source == null ? null : RepositoryOption.url(source),
                labels);
        try (Session session = Session.reading(gitops, assembly -> assembly.registry(), name)) {
            ReleaseDiff diff = session.imaas().diff(session.tenant(), request);
            if (report.wanted()) {
                report.write(service + ": " + to + " to " + from, diff.heading(), DiffHtml.fragment(diff.parts()));
            }
            if (format.json()) {
                out.println(Json.pretty(diff.told()));
            } else {
                out.println(service + ": " + diff.heading());
                diff.parts().forEach((part, lines) -> lines.forEach(line -> out.println(part + "  " + line)));
            }
            out.flush();
            return 0;
        }
    }
}
