package io.imaas.cli;

import io.imaas.adapter.argocd.Ancestry;
import io.imaas.adapter.argocd.ArgoCdDeployments;
import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.argocd.Destination;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.jobs.JobDslFolder;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.JobServer;
import io.imaas.port.ServiceProbe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where tenants are to live: a cluster or a folder in its place, Argo CD or none, jobs as files or elsewhere. */
final class OnboardOptions {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @ArgGroup(multiplicity = "1")
    private final Where where = new Where();

    /** One of the two. */
    static final class Where {
        @Option(
                names = "--kubernetes",
                arity = "0..1",
                fallbackValue = "",
                paramLabel = "CONTEXT",
                description = "the cluster of this context of the kubeconfig (default: its current one)")
        private String context;

        @Option(names = "--cluster-dir", paramLabel = "DIR", description = "a folder that stands for a cluster")
        private Path folder;
    }

    @Option(
            names = "--argocd",
            paramLabel = "URL",
            description = "the Argo CD server; without it, Helm and the cluster")
    private URI argocd;

    @Option(
            names = "--argocd-token-env",
            paramLabel = "VAR",
            defaultValue = "ARGOCD_AUTH_TOKEN",
            description = "environment variable with a token that may make projects (default: ${DEFAULT-VALUE})")
    private String argocdTokenVariable;

    @Option(names = "--argocd-ca", paramLabel = "FILE", description = "PEM of the authorities to trust for Argo CD")
    private Path authorities;

    @Option(
            names = "--argocd-chart",
            paramLabel = "FOLDER",
            defaultValue = "",
            description = "folder of the chart in the GitOps repositories (default: each service's own Chart.yaml)")
    private String chartFolder;

    @Option(
            names = "--jobs-dir",
            paramLabel = "DIR",
            description = "write Jenkins jobs there as Job DSL; without it: none")
    private Path jobs;

    /**
     * @param close takes what is to be closed at the end
     * @param told takes which cluster it is, before anything is written
     */
    Onboarding.World world(
            GitRepositories repositories,
            Path cache,
            Clock clock,
            boolean dryRun,
            Closing close,
            Consumer<String> told) {
        Cluster cluster = where.folder == null ? kubernetes(close, told) : new LocalCluster(where.folder, clock);
        Function<Cluster, Deployments> deployments = argocd == null
                ? on -> direct(on, repositories, cache, clock, close)
                : always(argocd(repositories, clock, dryRun, close));
        Optional<JobServer> server = Optional.ofNullable(jobs).map(folder -> new JobDslFolder(folder, !dryRun));
        Onboarding.World world = new Onboarding.World(
                repositories::at,
                new HttpImageRegistry(RegistryCredentials.of(System.getenv())),
                cluster,
                deployments,
                server,
                clock,
                false);
        return dryRun ? world.previewed() : world;
    }

    private static Function<Cluster, Deployments> always(Deployments deployments) {
        return cluster -> deployments;
    }

    private Cluster kubernetes(Closing close, Consumer<String> told) {
        KubernetesCluster cluster = KubernetesCluster.connect(where.context);
        told.accept("Cluster: " + cluster.address());
        return close.later(cluster, cluster::close);
    }

    private static Deployments direct(
            Cluster cluster, GitRepositories repositories, Path cache, Clock clock, Closing close) {
        Path chart = BundledChart.unpack(cache.resolve("chart"));
        DirectDeployments direct = new DirectDeployments(
                new HelmRenderer(), cluster, repositories::at, chart, ServiceProbe.NONE, clock, LOOK);
        return close.later(direct, direct::close);
    }

    private Deployments argocd(GitRepositories repositories, Clock clock, boolean dryRun, Closing close) {
        Secret token = new EnvironmentSecrets(System.getenv())
                .find(argocdTokenVariable)
                .orElseThrow(() -> FailureException.input(
                        "the environment variable " + argocdTokenVariable + " is empty",
                        "--argocd-token-env",
                        "put Argo CD's token there"));
        ArgoCdSettings usual = ArgoCdSettings.of(new ServerSettings(argocd, token, Map.of(), authorities()));
        ArgoCdSettings settings =
                new ArgoCdSettings(usual.server(), Destination.inCluster(chartFolder), usual.limits(), usual.probe());
        Ancestry ancestry = new Ancestry(repositories::at);
        ArgoCdDeployments server = dryRun
                ? ArgoCdDeployments.previewing(settings, ancestry, clock)
                : new ArgoCdDeployments(settings, ancestry, clock);
        return close.later(server, server::close);
    }

    private String authorities() {
        try {
            return authorities == null ? "" : Files.readString(authorities);
        } catch (IOException e) {
            throw FailureException.input(
                    "can't be read: " + e.getMessage(), authorities.toString(), "check --argocd-ca");
        }
    }
}
