package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarVerifier;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageRegistry;
import io.imaas.port.JobServer;
import io.imaas.port.Measures;
import io.imaas.port.PullRequests;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.RepositorySetup;
import io.imaas.port.RunLock;
import io.imaas.port.ServiceCatalog;
import io.imaas.port.SignedStatements;
import io.imaas.port.UnitTests;
import io.imaas.port.ValuesEditor;
import io.imaas.port.Workspaces;
import io.imaas.step.chart.Charts;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ports of one process, or of one tenant in it. A port that nobody gave answers every call with INPUT and says what
 * is missing, so that a command needs only what it uses.
 */
public final class Ports {
    private final Builder given;

    private Ports(Builder given) {
        this.given = given;
    }

    public static Builder builder() {
        return new Builder();
    }

    public GitRepository gitops(Tenant tenant) {
        return given.git.apply(tenant.gitops());
    }

    /** Any repository that we may read: services' sources, the platform's metadata. */
    public GitRepository git(RepositoryUrl url) {
        return given.git.apply(url);
    }

    /** Pull requests of a repository; empty where its server has none. */
    public Optional<PullRequests> pullRequests(RepositoryUrl url) {
        return given.forges.apply(url);
    }

    /** How a repository is set up on its server; empty where that is done by hand, as for a folder. */
    public Optional<RepositorySetup> setup(RepositoryUrl url) {
        return given.setups.apply(url);
    }

    /** The same with another port in one place. */
    <T> Ports with(Class<T> type, T port) {
        return new Ports(new Builder(given).with(type, port));
    }

    /** A port that has no name of its own here. */
    public <T> T port(Class<T> type) {
        return given.port(type);
    }

    /** One that may be missing. */
    public <T> Optional<T> find(Class<T> type) {
        return given.has(type) ? Optional.of(given.port(type)) : Optional.empty();
    }

    public ValuesEditor values() {
        return given.port(ValuesEditor.class);
    }

    public CarBuilder cars() {
        return given.port(CarBuilder.class);
    }

    public CarVerifier verifier() {
        return given.port(CarVerifier.class);
    }

    public UnitTests tests() {
        return given.port(UnitTests.class);
    }

    /** Unit-test servers for services that name none themselves. */
    public List<InetSocketAddress> testServers() {
        return given.testServers;
    }

    public ImageBuilder images() {
        return given.port(ImageBuilder.class);
    }

    /** Empty when no registry is to be asked: then nothing is said of images. */
    public Optional<ImageRegistry> askedRegistry() {
        return find(ImageRegistry.class);
    }

    public ImageRegistry registry() {
        return given.port(ImageRegistry.class);
    }

    public Cluster cluster() {
        return given.port(Cluster.class);
    }

    public Deployments deployments() {
        return given.port(Deployments.class);
    }

    /** Whether rollouts can be followed; otherwise plans end in Git. */
    public boolean followsRollouts() {
        return given.has(Deployments.class);
    }

    /** Whether spaces can be made. */
    public boolean hasCluster() {
        return given.has(Cluster.class);
    }

    /** Whether jobs can be made. */
    public boolean hasJobServer() {
        return given.has(JobServer.class);
    }

    /** Whether everything is read and nothing written: a dry run. */
    public boolean isPreview() {
        return given.preview;
    }

    /** Lets one process change the platform at a time, where others can be, and one run a tenant. */
    public SharedLock lock() {
        return given.has(SharedLock.class) ? given.port(SharedLock.class) : new SharedLock(RunLock.NONE, clock());
    }

    /** Whether what exists and says nothing of its owner may be taken over. */
    public boolean adopts() {
        return given.adopts;
    }

    /** The charts of MI services; empty when none is at hand: then nothing is rendered before a decision. */
    public Optional<Charts> charts() {
        return find(Charts.class);
    }

    /** What signs and reads records. */
    public SignedStatements statements() {
        return given.port(SignedStatements.class);
    }

    public Measures measures() {
        return find(Measures.class).orElse(Measures.NONE);
    }

    public Clock clock() {
        return given.port(Clock.class);
    }

    /** Collects ports; what is left out is absent. Not safe for use by several threads. */
    public static final class Builder {
        /** What a person can do about a port that is absent. */
        private static final Map<Class<?>, String> ABSENT = Map.of(
                Cluster.class, "a Kubernetes cluster: add --kubernetes CONTEXT",
                Deployments.class, "a cluster: add --argocd URL or --kubernetes CONTEXT",
                ImageRegistry.class, "an image registry",
                PullSecrets.class, "a Kubernetes cluster: add --kubernetes CONTEXT",
                RegistrySpaces.class, "an image registry",
                ServiceCatalog.class, "an image registry",
                ImageBuilder.class, "an image registry to push to",
                JobServer.class, "a CI server for jobs",
                Workspaces.class, "a checkout of the sources: they are worked on where they are built");

        private final Map<Class<?>, Object> ports = new HashMap<>();
        private Function<RepositoryUrl, GitRepository> git = url -> absent(GitRepository.class);
        private Function<RepositoryUrl, Optional<PullRequests>> forges = url -> Optional.empty();
        private Function<RepositoryUrl, Optional<RepositorySetup>> setups = url -> Optional.empty();
        private List<InetSocketAddress> testServers = List.of();
        private boolean preview;
        private boolean adopts;

        private Builder() {}

        private Builder(Builder other) {
            ports.putAll(other.ports);
            git = other.git;
            forges = other.forges;
            setups = other.setups;
            testServers = other.testServers;
            preview = other.preview;
            adopts = other.adopts;
        }

        /** @param port of the interface {@code type} */
        public <T> Builder with(Class<T> type, T port) {
            ports.put(type, port);
            return this;
        }

        public Builder git(Function<RepositoryUrl, GitRepository> repositories) {
            git = repositories;
            return this;
        }

        public Builder forges(Function<RepositoryUrl, Optional<PullRequests>> servers) {
            forges = servers;
            return this;
        }

        public Builder setups(Function<RepositoryUrl, Optional<RepositorySetup>> servers) {
            setups = servers;
            return this;
        }

        public Builder testServers(List<InetSocketAddress> servers) {
            testServers = List.copyOf(servers);
            return this;
        }

        public Builder preview() {
            preview = true;
            return this;
        }

        public Builder adopting() {
            adopts = true;
            return this;
        }

        public Ports build() {
            return new Ports(this);
        }

        /** Whether somebody gave it. */
        public boolean has(Class<?> type) {
            return ports.containsKey(type);
        }

        /** The port as it was given last; absent where it was not. */
        public <T> T get(Class<T> type) {
            return port(type);
        }

        private <T> T port(Class<T> type) {
            return has(type) ? type.cast(ports.get(type)) : absent(type);
        }

        private static <T> T absent(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> refuse(type, method)));
        }

        private static Object refuse(Class<?> type, Method method) {
            if (method.getName().equals("toString")) {
                return "no " + type.getSimpleName();
            }
            throw FailureException.input(
                    "this needs " + ABSENT.getOrDefault(type, "a " + type.getSimpleName()), "", "");
        }
    }
}
