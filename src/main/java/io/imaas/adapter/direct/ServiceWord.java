package io.imaas.adapter.direct;

import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.Clock;
import io.imaas.port.ServiceProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What services say of themselves: asked now and then, and an illness is believed only when it lasts. */
final class ServiceWord {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /** As long as with Argo CD: a CAR that has just been loaded may complain for a while. */
    private static final Duration LASTING = Duration.ofSeconds(90);

    private final ServiceProbe probe;
    private final Clock clock;
    private final Map<RolloutTarget, Said> words = new HashMap<>();

    ServiceWord(ServiceProbe probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** @param since when it began to say this kind of thing */
    private record Said(ProbeResult result, Instant since, Instant at) {}

    /** What it says now; what it said a moment ago is as good. */
    ProbeResult of(RolloutTarget target) {
        Said before;
        synchronized (words) {
            before = words.get(target);
        }
        Instant now = clock.now();
        if (before != null && now.isBefore(before.at().plus(PAUSE))) {
            return before.result();
        }
        ProbeResult result = probe.ask(target);
        boolean same = before != null && before.result().getClass() == result.getClass();
        synchronized (words) {
            words.put(target, new Said(result, same ? before.since() : now, clock.now()));
        }
        return result;
    }

    /** Whether it has been saying so for long enough to believe that it stays so. */
    boolean lasting(RolloutTarget target) {
        synchronized (words) {
            Said said = words.get(target);
            return said != null && !clock.now().isBefore(said.since().plus(LASTING));
        }
    }

    void forget(RolloutTarget target) {
        synchronized (words) {
            words.remove(target);
        }
    }
}
