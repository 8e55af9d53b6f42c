package io.imaas.cli;

import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixBuilder;
import io.imaas.report.MatrixHtml;
import io.imaas.report.MatrixText;
import io.imaas.step.observe.ChangeObserver;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code imaas status}: what runs where, from Git alone. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Service by environment: version, digest, health and holds, from Git alone.")
public final class StatusCommand implements Callable<Integer> {
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
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            GitOpsState state = session.ownState();
            Matrix matrix = new MatrixBuilder(
                            session.tenant(),
                            state,
                            new ChangeObserver(session.repository()).observe(state),
                            new Outlook(session.platform(), session.tenant()))
                    .build();
            if (report.wanted()) {
                report.write("Status of " + session.tenantName(), state.at().toString(), MatrixHtml.fragment(matrix));
            }
            out.print(format.json() ? Json.pretty(matrix) + "\n" : MatrixText.of(matrix));
            out.flush();
            return 0;
        }
    }
}
