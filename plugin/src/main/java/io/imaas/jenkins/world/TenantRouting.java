package io.imaas.jenkins.world;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.Deployments;
import io.imaas.port.LiveHealth;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.port.RunLock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One tenant's way to the servers: each environment has the first that serves it. */
record TenantRouting(Tenant tenant, List<ConfiguredServer> servers)
        implements Cluster, PullSecrets, Deployments, LiveHealth {
    private Backend serving(EnvironmentName environment) {
        return servers.stream()
                .filter(server -> server.serves(environment))
                .findFirst()
                .map(ConfiguredServer::orThrow)
                .orElseThrow(() -> FailureException.input(
                        "no server is configured for environment '" + environment + "'",
                        "Integration platform",
                        "add one under Manage Jenkins > System > Integration platform"));
    }

    /** The locks of all servers that serve the tenant, in the order of the configuration, which is the same for all. */
    RunLock.Held hold(Duration patience) {
        Deque<RunLock.Held> held = new ArrayDeque<>();
        RunLock.Held all = () -> held.forEach(RunLock.Held::close);
        try {
            servers.stream()
                    .filter(server -> spaces().anyMatch(server::serves))
                    .forEach(server -> held.push(server.orThrow().lock().hold("tenant " + tenant.name(), patience)));
            return all;
        } catch (FailureException e) {
            all.close();
            throw e;
        }
    }

    /** The environments, and where previews run: also those that a tenant left which has none any more. */
    private Stream<EnvironmentName> spaces() {
        return Stream.concat(tenant.environments().stream().map(Environment::name), Stream.of(Previews.SPACE));
    }

    /** The cluster of a namespace; objects without one belong to none of the tenant's environments. */
    private Cluster clusterOf(String namespace) {
        return spaces().filter(space -> tenant.namespace(space).equals(namespace))
                .findFirst()
                .map(space -> serving(space).cluster())
                .orElseThrow(() -> FailureException.policy(
                        "'" + namespace + "' is not a namespace of tenant " + tenant.name(),
                        "a tenant's objects live in its own namespaces"));
    }

    private static String namespaceOf(String kind, String namespace, String name) {
        return kind.equals("Namespace") ? name : namespace;
    }

    @Override
    public List<Effect> apply(List<Manifest> manifests) {
        List<Effect> effects = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Cluster cluster = clusterOf(namespaceOf(manifest.kind(), manifest.namespace(), manifest.name()));
            effects.addAll(cluster.apply(List.of(manifest)));
        }
        return effects;
    }

    /** A space begins with its namespace, and lives on one server. */
    @Override
    public Applied ensure(List<ClusterObject> space) {
        return clusterOf(space.get(0).name()).ensure(space);
    }

    @Override
    public Effect restore(ClusterObject before) {
        return clusterOf(namespaceOf(before.kind(), before.namespace(), before.name()))
                .restore(before);
    }

    @Override
    public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
        return clusterOf(namespaceOf(kind, namespace, name)).get(apiVersion, kind, namespace, name);
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
        return clusterOf(namespace).list(apiVersion, kind, namespace, label, value);
    }

    @Override
    public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        return clusterOf(namespaceOf(kind, namespace, name)).delete(apiVersion, kind, namespace, name, labels);
    }

    private PullSecrets pullsOf(Place place) {
        return clusterOf(place.namespace()) instanceof PullSecrets pulls ? pulls : PullSecrets.NONE;
    }

    @Override
    public Optional<Kept> find(Place place) {
        return pullsOf(place).find(place);
    }

    @Override
    public Effect keep(Place place, String registry, Account account) {
        return pullsOf(place).keep(place, registry, account);
    }

    @Override
    public Effect remove(Place place) {
        return pullsOf(place).remove(place);
    }

    @Override
    public List<Effect> ensure(Tenant of, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
        return serving(environment).deployments().ensure(of, service, environment, signers);
    }

    @Override
    public List<Effect> restore(Tenant of, EnvironmentName environment, List<Effect> made) {
        return serving(environment).deployments().restore(of, environment, made);
    }

    @Override
    public void handOver(Tenant of, ServiceName service, EnvironmentName environment, boolean autoscaled) {
        serving(environment).deployments().handOver(of, service, environment, autoscaled);
    }

    @Override
    public List<Effect> remove(Tenant of, Service service, EnvironmentName environment) {
        return serving(environment).deployments().remove(of, service, environment);
    }

    @Override
    public Optional<String> remaining(Tenant of, Service service, EnvironmentName environment) {
        return serving(environment).deployments().remaining(of, service, environment);
    }

    @Override
    public List<String> foreign(Tenant of) {
        return of.environments().stream()
                .map(environment -> serving(environment.name()))
                .distinct()
                .flatMap(backend -> backend.deployments().foreign(of).stream())
                .toList();
    }

    @Override
    public List<Effect> removeProject(Tenant of, EnvironmentName environment) {
        return serving(environment).deployments().removeProject(of, environment);
    }

    @Override
    public RolloutStatus follow(RolloutTarget target) {
        return serving(target.environment()).deployments().follow(target);
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Runnable listener) {
        return serving(target.environment()).deployments().watch(target, listener);
    }

    @Override
    public Optional<HealthRecord> now(RolloutTarget target) {
        return health(target).now(target);
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener) {
        return health(target).watch(target, listener);
    }

    private LiveHealth health(RolloutTarget target) {
        return (LiveHealth) serving(target.environment()).deployments();
    }

    @Override
    public void check() {
        servers.stream().map(ConfiguredServer::orThrow).forEach(backend -> {
            backend.cluster().check();
            backend.deployments().check();
        });
    }
}
