package io.imaas.adapter.argocd.sim;

import io.imaas.model.rollout.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A service's own word in a random story: it may begin late, be ill for a while or for good, or let nobody ask. */
final class SimulatedService {
    private static final int[] LATE = {0, 0, 5, 20, 120};
    private static final int[] LONG = {10, 60, 150, 3_000};

    private final VirtualTime time;
    private final Instant answersFrom;
    private final Instant wellFrom;
    private final ProbeResult before;
    private ProbeResult last;
    private Instant lastAt;

    /** @param kind nothing is wrong with it for long */
    SimulatedService(VirtualTime time, Random random, boolean kind) {
        this.time = time;
        answersFrom = time.now().plusSeconds(kind ? 5 : LATE[random.nextInt(LATE.length)]);
        boolean ill = !kind && random.nextInt(3) == 0;
        wellFrom = answersFrom.plusSeconds(ill ? LONG[random.nextInt(LONG.length)] : 0);
        before = random.nextBoolean()
                ? new ProbeResult.Faulty(List.of("CAR order-api 1.0.0 is faulty"))
                : new ProbeResult.Denied("the management API refuses user 'admin'");
    }

    ProbeResult ask() {
        lastAt = time.now();
        last = lastAt.isBefore(answersFrom)
                ? new ProbeResult.Silent("the management API can't be reached")
                : lastAt.isBefore(wellFrom) ? before : new ProbeResult.Well("CAR order-api 1.0.0 is loaded");
        return last;
    }

    boolean provedWell(Duration lately) {
        return last instanceof ProbeResult.Well && !lastAt.plus(lately).isBefore(time.now());
    }

    /** Whether it was so for long enough to end a rollout. */
    boolean wasLong(Class<? extends ProbeResult> answer, Duration limit) {
        return answer.isInstance(before)
                && !wellFrom.isBefore(answersFrom.plus(limit))
                && !time.now().isBefore(answersFrom.plus(limit));
    }
}
