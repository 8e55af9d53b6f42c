package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.api.ApplicationReader;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.EventStream;
import io.imaas.adapter.argocd.follow.ApplicationFeed;
import io.imaas.adapter.argocd.follow.Rollouts;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.Deployments;
import io.imaas.port.LiveHealth;
import io.imaas.port.RunningApplications;
import io.imaas.port.ServiceProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Argo CD: makes tenants' projects and applications, and follows rollouts over one shared watch of the server, each an
 * entry in a map until it ends. {@link #close()} ends the watch; outcomes not given by then are lost.
 */
public final class ArgoCdDeployments implements Deployments, LiveHealth, AutoCloseable {
    private static final int CALLS = 16;
    private static final int REFRESHES = 16;
    private static final int FETCHES = 2;
    private static final int PROBES = 16;
    /** One stream and one list, and those that were given up and have not ended yet. */
    private static final int STREAMS = 8;

    private static final Duration RELIST = Duration.ofMinutes(5);

    private final ArgoCdSettings settings;
    private final Clock clock;
    private final ArgoCdClient client;
    private final ClockTimeline timeline;
    private final ApplicationFeed feed;
    private final Rollouts rollouts;
    private final Applications applications;
    private final Removals removals;
    private final ExecutorService calls = Threads.pool("argocd-calls", CALLS);
    private final ExecutorService refreshes = Threads.pool("argocd-refreshes", REFRESHES);
    private final ExecutorService git = Threads.pool("argocd-git", FETCHES);
    private final ExecutorService probes = Threads.pool("argocd-probes", PROBES);
    private final ExecutorService streams = Threads.pool("argocd-streams", STREAMS);
    private final ExecutorService notices = Threads.pool("argocd-notices", 4);

    /** @param ancestry how commits of the GitOps repositories stand to each other */
    public ArgoCdDeployments(ArgoCdSettings settings, Ancestry ancestry, Clock clock) {
        this(settings, ancestry, clock, true);
    }

    /** One that makes and removes nothing: {@link #ensure} and {@link #remove} tell what they would do. */
    public static ArgoCdDeployments previewing(ArgoCdSettings settings, Ancestry ancestry, Clock clock) {
        return new ArgoCdDeployments(settings, ancestry, clock, false);
    }

    private ArgoCdDeployments(ArgoCdSettings settings, Ancestry ancestry, Clock clock, boolean writes) {
        this.settings = settings;
        this.clock = clock;
        this.client = new ArgoCdClient(settings.server(), clock);
        this.timeline = new ClockTimeline(clock);
        this.feed = new ApplicationFeed(
                timeline, new EventStream(client, streams), RELIST, () -> ThreadLocalRandom.current()
                        .nextDouble());
        RestRunner runner =
                new RestRunner(client, ancestry, settings.probe(), new RestRunner.Pools(calls, refreshes, git, probes));
        this.rollouts = new Rollouts(timeline, feed, runner, settings.limits(), notices);
        this.applications = new Applications(client, settings, writes);
        this.removals = new Removals(client, writes);
    }

    public RunningApplications running() {
        return new RunningArgoCd(client, applications.listed);
    }

    @Override
    public List<Effect> ensure(
            Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
        return applications.ensure(tenant, service, environment, signers);
    }

    @Override
    public List<Effect> restore(Tenant tenant, EnvironmentName environment, List<Effect> made) {
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : made) {
            if (effect.kind() == Effect.Kind.UPDATED && !effect.replaced().isEmpty()) {
                effects.add(applications.restore(effect, Desired.projectName(tenant, environment)));
            } else if (effect.kind() == Effect.Kind.CREATED && effect.type().equals("AppProject")) {
                effects.add(removals.project(tenant, environment));
            }
        }
        return effects;
    }

    @Override
    public void handOver(Tenant tenant, ServiceName service, EnvironmentName environment, boolean autoscaled) {
        applications.handOver(tenant, service, environment, autoscaled, clock.now());
    }

    @Override
    public List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
        return List.of(removals.application(tenant, service, environment));
    }

    @Override
    public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
        return removals.remaining(tenant, service, environment);
    }

    @Override
    public List<Effect> removeProject(Tenant tenant, EnvironmentName environment) {
        return List.of(removals.project(tenant, environment));
    }

    @Override
    public List<String> foreign(Tenant tenant) {
        return removals.foreign(tenant);
    }

    @Override
    public RolloutStatus follow(RolloutTarget target) {
        return rollouts.follow(goal(target));
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Runnable listener) {
        return rollouts.watch(goal(target), listener);
    }

    private Goal goal(RolloutTarget target) {
        // The same target has the same mark: after a restart our own operation is known again.
        CommitId applied = target.rendered() == null ? target.commit() : target.rendered();
        String path = target.rendered() == null ? target.path() : GitOpsPaths.renderedFolder(target.service());
        String mark = target.application() + " " + applied + " " + target.image();
        return new Goal(
                ApplicationName.parse(target.application()),
                target.project(),
                applied,
                target.image(),
                target.gitops(),
                path,
                UUID.nameUUIDFromBytes(mark.getBytes(StandardCharsets.UTF_8)).toString(),
                target.timeout(),
                target.startedAt(),
                settings.probe() == ServiceProbe.NONE ? null : target);
    }

    @Override
    public Optional<HealthRecord> now(RolloutTarget target) {
        ApplicationName name = ApplicationName.parse(target.application());
        ApplicationView view = ApplicationReader.view(client.retry("Application " + name, () -> client.api()
                .application(name.name(), name.namespaceOrNull(), target.project(), null)));
        return LaterHealth.record(target, view, clock.now())
                .flatMap(record ->
                        record.status().passes() ? settings.probe().confirm(target, record) : Optional.of(record));
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener) {
        return new LaterHealth(target, timeline, notices, listener).begin(feed);
    }

    @Override
    public void check() {
        client.retry("Argo CD", () -> client.api().userInfo());
    }

    @Override
    public void close() {
        timeline.close();
        List.of(calls, refreshes, git, probes, streams, notices).forEach(ExecutorService::shutdownNow);
        client.close();
    }
}
