package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ChartRenderer;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.LiveHealth;
import io.imaas.port.ServiceProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * {@link Deployments} over Git, Helm and a cluster.
 *
 * <p>Nothing is remembered that matters: each call reads the branch and the cluster, applying again changes nothing, and
 * after a restart the next call goes on where the last one was. What is kept in memory only spares work and says since
 * when.
 */
public final class DirectDeployments implements Deployments, LiveHealth, AutoCloseable {
    private final Cluster cluster;
    private final AdoptedObjects adopted;
    private final FollowedRollouts followed;
    private final DirectRollout rollout;
    private final ServiceProbe probe;
    private final Clock clock;
    private final RolloutWatches watches;
    private final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();

    /**
     * @param repositories opens a tenant's GitOps repository
     * @param chart folder of the platform's chart on this machine
     * @param probe asks a service itself before it is called live
     * @param interval how often a watched rollout is looked at though the cluster says nothing of a change
     */
    public DirectDeployments(
            ChartRenderer renderer,
            Cluster cluster,
            Function<RepositoryUrl, GitRepository> repositories,
            Path chart,
            ServiceProbe probe,
            Clock clock,
            Duration interval) {
        this.cluster = cluster;
        this.adopted = new AdoptedObjects(renderer, cluster);
        this.followed = new FollowedRollouts(probe, clock);
        this.rollout = new DirectRollout(new Releases(renderer, cluster, repositories, chart), followed, clock);
        this.probe = probe;
        this.clock = clock;
        this.watches = new RolloutWatches(cluster, interval, clock);
    }

    /** There are no projects or applications here; what ran before is labelled, so that releases may change it. */
    @Override
    public List<Effect> ensure(
            Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
        return adopted.label(tenant, service, environment);
    }

    @Override
    public List<Effect> restore(Tenant tenant, EnvironmentName environment, List<Effect> made) {
        return adopted.restore(tenant, environment, made);
    }

    /** Object by object: nobody else would clean up after an application here. */
    @Override
    public List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
        List<Effect> effects = new Leftovers(cluster).removeAll(tenant.name(), service.name(), environment);
        return effects.isEmpty()
                ? List.of(Effect.unchanged("Application", tenant.namespace(environment) + "/" + service.name()))
                : effects;
    }

    @Override
    public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
        return new Leftovers(cluster).remaining(tenant.namespace(environment), service.name());
    }

    /** There are no projects here. */
    @Override
    public List<String> foreign(Tenant tenant) {
        return List.of();
    }

    @Override
    public List<Effect> removeProject(Tenant tenant, EnvironmentName environment) {
        return List.of();
    }

    @Override
    public RolloutStatus follow(RolloutTarget target) {
        RolloutStatus status = look(target);
        followed.delivered(target);
        return status;
    }

    /** An end stays one until whoever waits for it has heard it, whether a watch or a follower saw it first. */
    private RolloutStatus look(RolloutTarget target) {
        // One at a time for a service: else one that read the branch earlier could apply an older release later.
        Object service = locks.computeIfAbsent(
                target.tenant() + "/" + target.environment() + "/" + target.service(), missing -> new Object());
        synchronized (service) {
            Optional<RolloutStatus.Ended> before = followed.outcome(target);
            if (before.isPresent()) {
                return before.get();
            }
            RolloutStatus status = rollout.status(target);
            if (status instanceof RolloutStatus.Ended ended) {
                followed.ended(target, ended);
            }
            return status;
        }
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Runnable listener) {
        return watches.add(
                target, () -> look(target), DirectDeployments::told, now -> listener.run(), followed.deadline(target));
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener) {
        // What is not decided is no news: the listener hears of health alone.
        return watches.add(
                target,
                () -> now(target),
                now -> now.map(HealthRecord::status),
                news -> news.flatMap(now -> now).ifPresent(listener),
                Instant.MAX);
    }

    /** A status without the time at which it was observed, which is always another one. */
    private static Object told(RolloutStatus status) {
        if (status instanceof RolloutStatus.Ended ended) {
            return List.of(ended.outcome().verdict(), ended.outcome().reasons());
        }
        return status;
    }

    @Override
    public void check() {
        cluster.check();
    }

    @Override
    public void close() {
        watches.close();
    }

    /** By the workload's word and then the service's own; empty when the digest is not what runs. */
    @Override
    public Optional<HealthRecord> now(RolloutTarget target) {
        String namespace = target.tenant() + "-" + target.environment();
        Liveness seen = new Workload(cluster, namespace, target.service().value()).liveness(target.image());
        return switch (seen.state()) {
            case LIVE -> probe.confirm(target, health(target, Status.HEALTHY, seen));
            case BROKEN -> Optional.of(health(target, Status.DEGRADED, seen));
            case UNDERWAY, STALE, REJECTED -> Optional.empty();
        };
    }

    private HealthRecord health(RolloutTarget target, Status status, Liveness seen) {
        return target.health(status, clock.now(), String.join("; ", seen.reasons()));
    }
}
