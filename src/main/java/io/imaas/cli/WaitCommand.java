package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.model.request.Condition;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas wait}: ends when something is so that somebody else brings about. */
@Command(
        name = "wait",
        description = {
            "Wait until the records say that a release is live, healthy or approved. This only reads: to "
                    + "follow a rollout on",
            "the cluster itself and to record it, use 'imaas rollout'."
        },
        footer = {"", "Exit codes: 0 the state is reached; 1 it was not reached within --timeout."})
public final class WaitCommand extends CliCommand {
    private static final Duration LOOK = Duration.ofSeconds(2);

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final ServiceArguments place = new ServiceArguments();

    @Option(
            names = "--for",
            paramLabel = "live|healthy|approved",
            defaultValue = "live",
            description = "live: the newest change was seen healthy (default); healthy: what runs there is healthy; "
                    + "approved: no approval is missing for what would come there next")
    private Condition condition = Condition.LIVE;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "how long to wait, such as 90s, 10m or 1h (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    @Override
    protected int run() throws InterruptedException {
        try (Session session = Session.overview(gitops, place.named())) {
            ServiceName service = place.service(session);
            await(session, service);
            out().println(condition.told(service.value(), place.environment().value()));
            return 0;
        }
    }

    /** Says what is missing, and again when that changes. */
    private void await(Session session, ServiceName service) throws InterruptedException {
        EnvironmentName environment = place.environment();
        Imaas imaas = session.imaas();
        Instant end = imaas.ports().clock().now().plus(timeout);
        String told = "";
        while (true) {
            Optional<String> missing = imaas.overview(session.tenant()).missing(service, environment, condition);
            if (missing.isEmpty()) {
                return;
            }
            if (!missing.get().equals(told)) {
                told = missing.get();
                err().println("not yet: " + told);
            }
            if (!imaas.ports().clock().now().plus(LOOK).isBefore(end)) {
                throw condition.notReached(service.value(), environment.value(), timeout, told);
            }
            imaas.ports().clock().pause(LOOK);
        }
    }
}
