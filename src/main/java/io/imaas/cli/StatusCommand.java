package io.imaas.cli;

import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixHtml;
import io.imaas.report.MatrixText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas status}: what runs where, from Git alone. */
@Command(name = "status", description = "Service by environment: version, digest, health and holds, from Git alone.")
public final class StatusCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "only this service (default: all)")
    private String service;

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.reading(gitops, assembly -> {})) {
            Matrix matrix = session.imaas().status(session.tenant(), ServiceArguments.optional(service));
            if (report.wanted()) {
                String at = session.imaas().ports().clock().now().toString();
                report.write("Status of " + session.tenant().name(), at, MatrixHtml.fragment(matrix));
            }
            out.print(format.json() ? Json.pretty(matrix) + "\n" : MatrixText.of(matrix));
            out.flush();
            return 0;
        }
    }
}
