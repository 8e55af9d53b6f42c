package io.imaas.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command on a tenant's GitOps repository takes. */
public final class GitOpsOptions {
    @Option(
            names = "--gitops",
            required = true,
            paramLabel = "URL",
            description = "the tenant's GitOps repository: a path, file://, https:// or ssh://")
    String gitops;

    @Option(
            names = "--platform",
            paramLabel = "DIR|URL",
            description = "the platform repository, for its policies; without it: order gate on, no approvals")
    String platform;

    @Option(
            names = "--environments",
            paramLabel = "E,E…",
            split = ",",
            defaultValue = "dev,test,prod",
            description = "the promotion path when there is no --platform (default: ${DEFAULT-VALUE})")
    java.util.List<String> environments;

    @Option(
            names = "--token-env",
            paramLabel = "VAR",
            description = "environment variable with the token for https:// (default: IMAAS_GIT_TOKEN)",
            defaultValue = "IMAAS_GIT_TOKEN")
    String tokenVariable;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "where clones are kept warm (default: $XDG_CACHE_HOME/imaas or ~/.cache/imaas)")
    Path cache;

    @Option(
            names = "--actor",
            paramLabel = "@USER",
            description = "who asks, for the audit log (default: @ and the name of this account)")
    String actor;

    String actor() {
        return actor == null ? "@" + System.getProperty("user.name") : actor;
    }

    Path cacheFolder() {
        if (cache != null) {
            return cache;
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("imaas").resolve("git");
    }
}
