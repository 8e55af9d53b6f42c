package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Json;
import io.imaas.report.PastReleasesHtml;
import io.imaas.report.PastReleasesText;
import java.io.PrintWriter;
import java.util.Optional;
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

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "which service (default: the one that the checkout is of)")
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
        PrintWriter out = spec.commandLine().getOut();
        Optional<ServiceName> named = ServiceArguments.optional(service)
                .or(() -> gitops.settings().service().map(ServiceName::new));
        try (Session session =
                Session.reading(gitops, assembly -> {}, named.stream().toArray(ServiceName[]::new))) {
            ServiceName name = named.orElseGet(session::serviceOfCheckout);
            var past = session.imaas()
                    .history(
                            session.tenant(),
                            name,
                            environment == null ? null : new EnvironmentName(environment),
                            limit);
            if (report.wanted()) {
                report.write(
                        "History of " + name,
                        session.tenant().name() + ", "
                                + session.imaas().ports().clock().now(),
                        PastReleasesHtml.fragment(past));
            }
            out.print(format.json() ? Json.pretty(PastReleasesText.rows(past)) + "\n" : PastReleasesText.of(past));
            out.flush();
            return 0;
        }
    }
}
