package io.imaas.cli;

import io.imaas.adapter.system.SystemClock;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.port.Clock;
import io.imaas.report.Json;
import io.imaas.step.health.HealthKeeper;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas watch}: keeps health records true after the rollouts. */
@Command(
        name = "watch",
        description = "Revoke the health record of a release that degrades later, and give it back when it recovers.",
        footer = {
            "",
            "Exit codes: 0 (with --once) every record is as it should be; 6 some of them could not be looked at."
        })
public final class WatchCommand implements Callable<Integer> {
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** What flickers for so many graces is left to the next run. */
    private static final int PATIENCE = 3;

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--grace",
            paramLabel = "60s",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "how long a release must be other than its record says (default: ${DEFAULT-VALUE})")
    private Duration grace;

    @Option(names = "--once", description = "end when every record is as it should be, instead of staying")
    private boolean once;

    @Mixin
    private final FormatOption format = new FormatOption();

    private final Clock clock = new SystemClock();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Session session = Session.open(gitops, commits, target::addTo, List.of());
                HealthKeeper keeper = session.imaas().keeper(session.tenant(), grace)) {
            return once ? once(keeper) : stay(keeper);
        }
    }

    private int once(HealthKeeper keeper) throws InterruptedException {
        Instant end = clock.now().plus(grace.multipliedBy(PATIENCE));
        boolean well = tell(keeper.look());
        while (keeper.undecided() && clock.now().isBefore(end)) {
            clock.pause(grace.compareTo(ROUND) < 0 ? grace : ROUND);
            well &= tell(keeper.round());
        }
        return well ? 0 : FailureKind.EXTERNAL.exitCode();
    }

    /** Until the process is ended: what can't be reached for a while is told, and reached later. */
    private int stay(HealthKeeper keeper) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            tell(keeper.round());
            clock.pause(ROUND);
        }
        return 0;
    }

    private boolean tell(HealthKeeper.Round round) {
        PrintWriter out = spec.commandLine().getOut();
        for (HealthRecord record : round.written()) {
            out.println(
                    format.json()
                            ? Json.pretty(record)
                            : record.service() + " in " + record.environment() + " is "
                                    + record.status().name().toLowerCase(Locale.ROOT) + " since " + record.since()
                                    + ": "
                                    + record.evidence());
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        List<Failure> failures = round.failures();
        failures.stream().map(Failure::sentence).distinct().forEach(err::println);
        err.flush();
        return failures.isEmpty();
    }
}
