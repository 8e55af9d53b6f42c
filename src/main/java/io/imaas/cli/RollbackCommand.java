package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas rollback}: an earlier release in one commit, held until somebody resumes. */
@Command(name = "rollback", description = "Go back to an earlier release, and hold it there until 'imaas resume'.")
public final class RollbackCommand extends PlanCommand {
    @Mixin
    private final ServiceArguments place = new ServiceArguments();

    @Option(
            names = "--to",
            paramLabel = "DIGEST|VERSION",
            defaultValue = "",
            description = "the release (default: the newest before that did not fail)")
    private String to;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the reason, for the hold and the audit log")
    private String reason;

    @Override
    List<ServiceName> named() {
        return place.named();
    }

    @Override
    PlanRequest request(Session session) {
        return new RollbackRequest(place.service(session), place.environment(), to, reason);
    }
}
