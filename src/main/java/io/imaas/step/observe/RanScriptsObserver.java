package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Migration.Script;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.RanScripts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.GitRepository;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where the scripts of a service change: those that its manifests were ever made of. What people only pushed never ran. */
public record RanScriptsObserver(GitRepository repository) implements FactObserver {
    /** How many commits of a service's manifests are looked at: what came and went before them is forgotten. */
    private static final int LOOK_BACK = 200;

    @Override
    public List<RanScripts> observe(Tenant tenant, ArrivalObserver.Arrival arrival, Snapshot known) {
        return arrival.coming().stream()
                .filter(coming -> coming.migration() != null
                        && !coming.migration()
                                .equals(arrival.before()
                                        .service(coming.service())
                                        .map(ServiceState::migration)
                                        .orElse(null)))
                .map(coming -> ran(coming.service(), arrival.before().name()))
                .toList();
    }

    private RanScripts ran(ServiceName service, EnvironmentName environment) {
        TreeMap<String, Script> scripts = new TreeMap<>();
        migrations(service, environment)
                .forEach(migration -> migration.remembered().forEach(scripts::putIfAbsent));
        return new RanScripts(service, scripts);
    }

    /** Newest first. */
    private Stream<Migration> migrations(ServiceName service, EnvironmentName environment) {
        String path = GitOpsPaths.migration(service);
        return ReleaseHistory.rendered(repository, service, environment, LOOK_BACK)
                .map(commit -> repository.readText(commit, List.of(path)))
                .distinct()
                .map(files -> ReleaseHistory.migration(files, path))
                .filter(Objects::nonNull);
    }
}
