package io.imaas.adapter.direct;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.ServiceProbe;
import java.util.List;
import java.util.Optional;

/** How a digest fares after its rollout, by the workload's word and then the service's own. */
record LaterHealth(Cluster cluster, ServiceProbe probe, Clock clock) {
    /** Empty when the digest is not what runs, or nothing final can be said. */
    Optional<HealthRecord> now(RolloutTarget target) {
        String namespace = target.tenant() + "-" + target.environment();
        Liveness seen = new Workload(cluster, namespace, target.service().value()).liveness(target.image());
        return switch (seen.state()) {
            case LIVE -> probed(target, seen);
            case BROKEN -> Optional.of(health(target, Status.DEGRADED, seen.reasons()));
            case UNDERWAY, STALE, REJECTED -> Optional.empty();
        };
    }

    private Optional<HealthRecord> probed(RolloutTarget target, Liveness seen) {
        ProbeResult said = probe.ask(target);
        if (said instanceof ProbeResult.Faulty faulty) {
            return Optional.of(health(target, Status.DEGRADED, faulty.faults()));
        }
        return said instanceof ProbeResult.Well
                ? Optional.of(health(target, Status.HEALTHY, seen.reasons()))
                : Optional.empty();
    }

    private HealthRecord health(RolloutTarget target, Status status, List<String> evidence) {
        return new HealthRecord(
                target.service(),
                target.environment(),
                target.image().digest(),
                status,
                target.commit(),
                clock.now(),
                String.join("; ", evidence));
    }
}
