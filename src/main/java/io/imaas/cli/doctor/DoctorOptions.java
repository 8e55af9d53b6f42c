package io.imaas.cli.doctor;

import io.imaas.cli.KeyOption;
import io.imaas.cli.settings.Settings;
import io.imaas.model.identity.Secret;
import io.imaas.port.OwnKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            paramLabel = "REPOSITORY",
            description = "the platform repository; its registry and its tenants' GitOps repositories are checked too")
    String platform;

    @Option(names = "--registry", paramLabel = "HOST/PATH", description = "where images will go")
    String registry;

    @Option(names = "--gitops", paramLabel = "REPOSITORY", description = "a tenant's GitOps repository; repeatable")
    List<String> gitops = List.of();

    @Option(
            names = "--git-token",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "the token for https repositories and for the Git server's API; prefer $IMAAS_GIT_TOKEN: "
                    + "arguments are visible")
    Secret gitToken;

    @Mixin
    final ServeOptions serve = new ServeOptions();

    @Mixin
    private final KeyOption key = new KeyOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    OwnKey ownKey() {
        return key.own(Settings.of(spec));
    }

    @Option(
            names = "--argocd",
            paramLabel = "URL",
            defaultValue = "",
            description = "the Argo CD server ($IMAAS_ARGOCD)")
    private String argoCd = "";

    @Option(
            names = "--argocd-token",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "the token for Argo CD; prefer $IMAAS_ARGOCD_TOKEN: arguments are visible")
    Secret argoCdToken;

    @Option(
            names = "--kubernetes",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CONTEXT",
            description = "the cluster of this kubeconfig context (without CONTEXT: the current one)")
    String context;

    @Option(names = "--tokens", paramLabel = "FILE", description = "the file of tokens for 'imaas serve'")
    Path tokens;

    @Option(
            names = "--reach",
            paramLabel = "URL",
            description = "an address that builds download from, such as a Maven mirror; repeatable")
    List<URI> reach = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "how long all checks together may take, such as 30s (default: ${DEFAULT-VALUE})")
    Duration patience = Duration.ofSeconds(30);

    /** Null when none is named. */
    URI argoCd() {
        return argoCd.isBlank() ? null : URI.create(argoCd.strip());
    }
}
