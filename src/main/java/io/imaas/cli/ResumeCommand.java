package io.imaas.cli;

import io.imaas.plan.Plan;
import io.imaas.plan.rollback.ResumePlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas resume}: lifts the hold that a rollback set. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lift the hold that a rollback set.")
public final class ResumeCommand extends GitOpsCommand {
    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Override
    Plan plan(GitOpsSession session) {
        return new ResumePlanner(session.tenant()).plan(place.request(session), place.environment(), session.state());
    }
}
