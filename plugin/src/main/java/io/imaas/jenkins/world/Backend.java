package io.imaas.jenkins.world;

import io.imaas.adapter.argocd.Ancestry;
import io.imaas.adapter.argocd.ArgoCdDeployments;
import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.adapter.local.LocalCluster;
import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.KubernetesServer;
import io.imaas.jenkins.config.RolloutServer;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.model.FailureException;
import io.imaas.model.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ServiceProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** The adapters behind one configured server; shared by all tenants. */
record Backend(RolloutServer server, Cluster cluster, Deployments deployments) implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(15);

    static Backend of(
            RolloutServer server, Function<RepositoryUrl, GitRepository> repositories, Path chart, Clock clock) {
        return OurClasses.call(() -> {
            if (server instanceof ArgoCdServer argo) {
                ArgoCdSettings settings = ArgoCdSettings.of(settings(argo));
                Deployments deployments = new ArgoCdDeployments(settings, new Ancestry(repositories), clock);
                return new Backend(server, KubernetesCluster.connect(argo.getContext()), deployments);
            }
            Cluster cluster = server instanceof KubernetesServer kubernetes
                    ? KubernetesCluster.connect(kubernetes.getContext())
                    : new LocalCluster(folder((FolderServer) server), clock);
            return new Backend(
                    server,
                    cluster,
                    new DirectDeployments(
                            new HelmRenderer(), cluster, repositories, chart, ServiceProbe.NONE, clock, LOOK));
        });
    }

    private static ServerSettings settings(ArgoCdServer server) {
        try {
            return new ServerSettings(
                    URI.create(server.getUrl()),
                    new JenkinsSecrets(Jenkins.get())
                            .find(server.getCredentialsId())
                            .orElse(null),
                    Map.of(),
                    server.getCertificates());
        } catch (IllegalArgumentException e) {
            throw FailureException.input("'" + server.getUrl() + "' is no URL", "Argo CD", "correct the configuration");
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
    }
}
