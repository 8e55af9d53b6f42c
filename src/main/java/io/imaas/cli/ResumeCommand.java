package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas resume}: lifts the hold that a rollback set. */
@Command(name = "resume", description = "Remove the hold that a rollback set.")
public final class ResumeCommand extends PlanCommand {
    @Mixin
    private final ServiceArguments place = new ServiceArguments();

    @Override
    List<ServiceName> named() {
        return place.named();
    }

    @Override
    PlanRequest request(Session session) {
        return new ResumeRequest(place.service(session), place.environment());
    }
}
