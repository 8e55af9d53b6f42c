package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PushedValues;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.GitRepository;
import io.imaas.port.ValuesEditor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what a release is decided on: the environment as it is, and what the release would make of it.
 *
 * @param stopped whether somebody stopped the whole platform
 */
public record ReleaseObserver(
        GitOpsObserver observer,
        GitRepository repository,
        ValuesEditor values,
        ArrivalObserver arrivals,
        AuthorsObserver authors,
        boolean stopped) {
    /** @param migration as in {@link io.imaas.plan.step.CommitRelease} */
    public Snapshot observe(Tenant tenant, EnvironmentName environment, Release release, String migration) {
        List<EnvironmentName> known =
                tenant.environments().stream().map(Environment::name).toList();
        GitOpsState state = observer.observe(known);
        Snapshot facts = Snapshot.of(state);
        if (!known.contains(environment)) {
            // The planner knows what to say to that.
            return facts;
        }
        EnvironmentState target = state.environment(environment);
        return arrivals.add(
                        facts,
                        tenant,
                        new ArrivalObserver.Arrival(target, target.head(), List.of(with(release, migration, target))))
                .with(authors(tenant, release, target))
                .with(pushed(tenant, release.service(), target));
    }

    /** Only a stopped line asks for it, and it costs a rendering. */
    private List<PushedValues> pushed(Tenant tenant, ServiceName name, EnvironmentState target) {
        boolean line = stopped
                || tenant.stopTheLine().isOn()
                || tenant.service(name)
                        .filter(service -> service.stopTheLine().isOn())
                        .isPresent();
        return target.service(name).stream()
                .filter(now -> line && tenant.isRendered() && now.release() != null)
                .flatMap(now -> arrivals.rendered(tenant, target, target.head(), now).stream())
                .filter(render -> !render.runsAlready())
                .map(render -> new PushedValues(name))
                .toList();
    }

    /** Only who may not approve their own work is looked for. */
    private List<Authors> authors(Tenant tenant, Release release, EnvironmentState target) {
        boolean wanted = tenant.environment(target.name())
                .filter(known -> known.approvals().authorsMayNot())
                .isPresent();
        return tenant.service(release.service()).stream()
                .filter(service -> wanted)
                .map(service -> authors.promoted(service, release, target))
                .toList();
    }

    private ServiceState with(Release release, String migration, EnvironmentState target) {
        String path = GitOpsPaths.release(release.service());
        Optional<ServiceState> now = target.service(release.service());
        Optional<byte[]> file = target.head() == null ? Optional.empty() : repository.read(target.head(), path);
        String text = values.set(path, release.values())
                .apply(file)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        return new ServiceState(
                        release.service(),
                        release,
                        null,
                        null,
                        text,
                        now.map(ServiceState::valuesFile).orElse(null))
                .with(Migration.after(
                        migration, now.map(ServiceState::migration).orElse(null)));
    }
}
