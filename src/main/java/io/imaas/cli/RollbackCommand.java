package io.imaas.cli;

import io.imaas.plan.Plan;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.step.observe.ReleaseHistory;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas rollback}: an older release in one commit, held until somebody resumes. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Put an earlier release back, and hold it there until 'imaas resume'.")
public final class RollbackCommand extends GitOpsCommand {
    private static final int LOOK_BACK = 200;

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Option(
            names = "--to",
            paramLabel = "DIGEST|VERSION",
            defaultValue = "",
            description = "which release (default: the one before)")
    private String to;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why, for the hold and the log")
    private String reason;

    @Override
    Plan plan(GitOpsSession session) {
        List<PastRelease> past = new ReleaseHistory(session.repository(), session.values())
                .of(place.service(), place.environment(), LOOK_BACK);
        // Into Git; whoever follows rollouts follows it from there.
        return new RollbackPlanner(session.platform(), session.tenant(), Duration.ofMinutes(10))
                .plan(place.request(session), place.environment(), past, to, reason, session.state())
                .withoutRollouts();
    }
}
