package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which tenant: by the platform repository, or by its GitOps repository alone. The same on every command. */
final class GitOpsOptions {
    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = "${env:IMAAS_TENANT:-}",
            description = "the tenant ($IMAAS_TENANT; default: whose GitOps repository it is)")
    private String tenant = "";

    @Option(
            names = "--gitops",
            paramLabel = "REPOSITORY",
            defaultValue = "${env:IMAAS_GITOPS:-}",
            description = "the tenant's GitOps repository ($IMAAS_GITOPS; default: as the platform says)")
    private String gitops = "";

    @Option(
            names = "--environments",
            paramLabel = "E,E…",
            split = ",",
            defaultValue = "dev,test,prod",
            description = "the promotion path when there is no --platform (default: ${DEFAULT-VALUE})")
    private List<String> environments;

    PlatformOptions platform() {
        return platform;
    }

    /** The GitOps repository; empty when none was named. */
    String gitops() {
        return gitops;
    }

    List<EnvironmentName> path() {
        return environments.stream().map(EnvironmentName::new).toList();
    }

    Optional<TenantName> tenant() {
        return tenant.isEmpty() ? Optional.empty() : Optional.of(new TenantName(tenant));
    }
}
