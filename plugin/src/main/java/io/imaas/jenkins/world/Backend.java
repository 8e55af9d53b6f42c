package io.imaas.jenkins.world;

import io.imaas.adapter.argocd.Ancestry;
import io.imaas.adapter.argocd.ArgoCdDeployments;
import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.app.SharedLock;
import io.imaas.dev.local.FolderLock;
import io.imaas.dev.local.LocalCluster;
import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.ClusterServer;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.RolloutServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.RunLock;
import io.imaas.port.ServiceProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** The adapters behind one configured server; shared by all tenants. */
record Backend(
        RolloutServer server,
        Cluster cluster,
        Deployments deployments,
        SharedLock lock,
        Optional<LoadedCarsProbe> probe)
        implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(15);

    /**
     * What a server's adapters need of the platform around them.
     *
     * @param repositories opens a tenant's GitOps repository
     * @param labels of a target's image; empty when its service does not stay and can't be asked
     */
    record Surroundings(
            Function<RepositoryUrl, GitRepository> repositories,
            Function<RolloutTarget, Optional<Map<String, String>>> labels,
            Path chart,
            Clock clock) {}

    static Backend of(RolloutServer server, Surroundings around) {
        return OurClasses.call(() -> {
            BackendSecrets secrets = BackendSecrets.of(server);
            Optional<LoadedCarsProbe> probe = LoadedCarsProbe.of(server, secrets, around.labels());
            ServiceProbe asked = probe.map(ServiceProbe.class::cast).orElse(ServiceProbe.NONE);
            Cluster cluster = server instanceof ClusterServer
                    ? KubernetesCluster.connect(secrets.cluster())
                    : new LocalCluster(folder((FolderServer) server), around.clock());
            Deployments deployments = server instanceof ArgoCdServer argo
                    ? new ArgoCdDeployments(
                            ArgoCdSettings.of(settings(argo, secrets)).probing(asked),
                            new Ancestry(around.repositories()),
                            around.clock())
                    : new DirectDeployments(
                            new HelmRenderer(),
                            cluster,
                            around.repositories(),
                            around.chart(),
                            asked,
                            around.clock(),
                            LOOK);
            return new Backend(
                    server, cluster, deployments, new SharedLock(lock(cluster, server, around), around.clock()), probe);
        });
    }

    private static RunLock lock(Cluster cluster, RolloutServer server, Surroundings around) {
        return cluster instanceof KubernetesCluster real
                ? real.lock("Jenkins " + Jenkins.get().getRootUrl())
                : new FolderLock(folder((FolderServer) server), around.clock());
    }

    /** Asks all that stands behind the server whether it lets us in. */
    void check() {
        deployments.check();
        if (server instanceof ArgoCdServer argo && argo.cluster().named()) {
            cluster.check();
        }
    }

    private static ServerSettings settings(ArgoCdServer server, BackendSecrets secrets) {
        try {
            return new ServerSettings(URI.create(server.getUrl()), secrets.token(), server.getCertificates());
        } catch (IllegalArgumentException e) {
            throw FailureException.input(
                    "'" + server.getUrl() + "' is not a URL", "Argo CD", "correct the configuration");
        }
    }

    private static Path folder(FolderServer server) {
        if (server.getPath().isEmpty()) {
            throw FailureException.input("the folder has no path", "Integration platform", "give one");
        }
        return Jenkins.get().getRootDir().toPath().resolve(server.getPath());
    }

    @Override
    public void close() throws Exception {
        if (deployments instanceof AutoCloseable closeable) {
            closeable.close();
        }
        if (cluster instanceof AutoCloseable closeable) {
            closeable.close();
        }
        probe.ifPresent(LoadedCarsProbe::close);
    }
}
