package io.imaas.cli.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the doctor is to look at. */
final class DoctorOptions {
    @Option(
            names = "--workdir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "where runs will work (default: the current folder)")
    Path workdir = Path.of(".");

    @Option(names = "--project", paramLabel = "DIR", description = "an MI project that will be built")
    Path project;

    @Option(
            names = "--platform",
            paramLabel = "DIR|URL",
            description =
                    "the platform repository; its registry and its tenants' GitOps repositories are looked at too")
    String platform;

    @Option(names = "--registry", paramLabel = "HOST/PATH", description = "where images will go")
    String registry;

    @Option(names = "--gitops", paramLabel = "URL", description = "a tenant's GitOps repository; may be repeated")
    List<String> gitops = List.of();

    @Option(
            names = "--git-token-env",
            paramLabel = "VAR",
            defaultValue = "IMAAS_GIT_TOKEN",
            description = "variable with the token for Git over https and for GitHub (default: ${DEFAULT-VALUE})")
    String gitTokenVariable = "IMAAS_GIT_TOKEN";

    @Option(names = "--github", paramLabel = "OWNER/REPO", description = "a repository on GitHub")
    String gitHub;

    @Option(
            names = "--github-api",
            paramLabel = "URL",
            defaultValue = "https://api.github.com",
            description = "GitHub's API (default: ${DEFAULT-VALUE})")
    URI gitHubApi = URI.create("https://api.github.com");

    @Option(names = "--server", paramLabel = "URL", description = "Argo CD")
    URI server;

    @Option(
            names = "--token-env",
            paramLabel = "VAR",
            defaultValue = "IMAAS_ARGOCD_TOKEN",
            description = "variable with the token for Argo CD (default: ${DEFAULT-VALUE})")
    String tokenVariable = "IMAAS_ARGOCD_TOKEN";

    @Option(names = "--kube-context", paramLabel = "NAME", description = "a context of the kubeconfig: the cluster")
    String kubeContext;

    @Option(
            names = "--reach",
            paramLabel = "URL",
            description = "something builds download from, such as a Maven mirror; may be repeated")
    List<URI> reach = List.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "how long all checks together may take (default: ${DEFAULT-VALUE})")
    int patience = 30;
}
