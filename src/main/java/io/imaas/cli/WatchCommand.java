package io.imaas.cli;

import io.imaas.app.HealthWatch;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.report.Json;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas watch}: keeps health records true after the rollouts. */
@Command(
        name = "watch",
        description = "Revoke the health record of a release that degrades later, and restore it when the release "
                + "recovers.",
        footer = {"", "Exit codes: 0 (with --once) every record is correct; 6 some releases could not be checked."})
public final class WatchCommand extends CliCommand {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "how long a release's health must differ from its record (default: ${DEFAULT-VALUE})")
    private Duration grace;

    @Option(names = "--once", description = "end when every record is correct, instead of running on")
    private boolean once;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    protected int run() throws InterruptedException {
        HealthWatch.Listener listener = new HealthWatch.Listener(this::tell, failure -> {
            err().println(failure.sentence());
        });
        try (Session session =
                        Session.open(gitops, commits, assembly -> target.addTo(assembly, err()::println), List.of());
                HealthWatch watch = session.imaas().watch(session.tenant(), grace)) {
            if (once) {
                return watch.once(listener) ? 0 : FailureKind.EXTERNAL.exitCode();
            }
            watch.stay(listener);
            return 0;
        }
    }

    private void tell(HealthRecord record) {
        out().println(
                        format.json()
                                ? Json.pretty(record)
                                : record.service() + " in " + record.environment() + " is "
                                        + record.status().name().toLowerCase(Locale.ROOT) + " since "
                                        + record.since().truncatedTo(ChronoUnit.SECONDS)
                                        + ": "
                                        + record.evidence());
    }
}
