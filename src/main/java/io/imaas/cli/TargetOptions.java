package io.imaas.cli;

import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.app.assembly.Assembly;
import io.imaas.cli.help.HelpHeading;
import io.imaas.dev.local.FolderLock;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.request.BuildOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where services run, and how rollouts are followed there. The same on every command that follows them. */
@HelpHeading(HelpHeading.CLUSTER)
public final class TargetOptions {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(
            names = "--argocd",
            paramLabel = "URL",
            defaultValue = "",
            description = "the Argo CD server ($IMAAS_ARGOCD)")
    private String argocd;

    @Option(
            names = "--argocd-token",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "the token for Argo CD; prefer $IMAAS_ARGOCD_TOKEN: arguments are visible")
    private Secret token;

    @Option(
            names = "--argocd-ca",
            paramLabel = "FILE",
            defaultValue = "",
            description = "PEM file of the certificate authorities to trust for Argo CD ($IMAAS_ARGOCD_CA)")
    private String authorities;

    @Option(
            names = "--kubernetes",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CONTEXT",
            description =
                    "the cluster of this kubeconfig context ($IMAAS_KUBERNETES; without CONTEXT: the current one)")
    private String context;

    @Option(
            names = "--cluster-dir",
            paramLabel = "DIR",
            description = "a folder that stands for a cluster, to try things out ($IMAAS_CLUSTER_DIR)")
    private Path folder;

    @Option(
            names = "--argocd-chart",
            paramLabel = "DIR",
            defaultValue = "",
            description = "the chart's folder in the GitOps repositories (default: each service's own Chart.yaml)")
    private String chartFolder;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "how long to wait for each rollout, such as 90s, 10m or 1h (default: ${DEFAULT-VALUE})")
    private Duration timeout = BuildOptions.ROLLOUT;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private final ProbeOptions probe = new ProbeOptions();

    Duration timeout() {
        return timeout;
    }

    /** Whether a cluster, or a folder in its place, was named. */
    boolean hasCluster() {
        return context != null || clusterFolder();
    }

    /** @throws ParameterException when neither a cluster nor a folder in its place is named */
    void required() {
        if (!hasCluster()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no cluster is named: add --kubernetes CONTEXT, or --cluster-dir DIR to try it with a folder");
        }
    }

    /** Whether a real cluster is named. */
    boolean hasContext() {
        return context != null;
    }

    boolean hasArgoCd() {
        return !argocd.isEmpty();
    }

    /**
     * Adds what was said; rollouts are followed by Argo CD where it is named, else on the cluster itself.
     *
     * @param told takes which cluster it is, before anything is written
     */
    void addTo(Assembly assembly, Consumer<String> told) {
        if (onLine("--cluster-dir") && onLine("--kubernetes")) {
            throw new ParameterException(
                    spec.commandLine(), "--cluster-dir and --kubernetes exclude each other: give one of them");
        }
        if (clusterFolder()) {
            assembly.cluster(new LocalCluster(folder, assembly.clock(), !assembly.isPreview()));
            if (!assembly.isPreview()) {
                assembly.lock(new FolderLock(folder, assembly.clock()));
            }
        } else if (context != null) {
            assembly.kubernetes(new ClusterAccess.Machine(context), told);
        }
        probe.access().ifPresent(access -> assembly.probe(access, probe.expectation()));
        if (!argocd.isEmpty()) {
            assembly.argoCd(ArgoCdSettings.of(server()).rendering(chartFolder));
        } else if (hasCluster()) {
            assembly.direct(LOOK);
        }
    }

    /** Whether a folder is meant. What the line names counts more than what was filled in. */
    private boolean clusterFolder() {
        return folder != null && (onLine("--cluster-dir") || (!onLine("--kubernetes") && !onLine("--argocd")));
    }

    private boolean onLine(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private ServerSettings server() {
        if (token == null) {
            throw FailureException.input(
                    "there is no token for Argo CD", argocd, "export IMAAS_ARGOCD_TOKEN=… or give --argocd-token");
        }
        String trusted = authorities.isEmpty() ? "" : TextFile.read(Path.of(authorities), "check --argocd-ca");
        return new ServerSettings(URI.create(argocd), token, trusted);
    }
}
