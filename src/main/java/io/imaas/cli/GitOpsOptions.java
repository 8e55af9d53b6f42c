package io.imaas.cli;

import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which tenant: by the platform repository, or by its GitOps repository alone. The same on every command. */
public final class GitOpsOptions {
    @Option(
            names = "--platform",
            paramLabel = "REPOSITORY",
            defaultValue = "${env:IMAAS_PLATFORM:-}",
            description = {
                "the platform repository, a URL or a folder ($IMAAS_PLATFORM);",
                "without it there are no policies and no approvals"
            })
    String platform;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = "${env:IMAAS_TENANT:-}",
            description = "the tenant ($IMAAS_TENANT; default: whose GitOps repository it is)")
    String tenant;

    @Option(
            names = "--gitops",
            paramLabel = "REPOSITORY",
            defaultValue = "${env:IMAAS_GITOPS:-}",
            description = "the tenant's GitOps repository ($IMAAS_GITOPS; default: as the platform says)")
    String gitops;

    @Option(
            names = "--environments",
            paramLabel = "E,E…",
            split = ",",
            defaultValue = "dev,test,prod",
            description = "the promotion path when there is no --platform (default: ${DEFAULT-VALUE})")
    List<String> environments;

    @Option(
            names = "--git-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:IMAAS_GIT_TOKEN:-}",
            converter = SecretConverter.class,
            description = "token for https repositories and the forge; prefer $IMAAS_GIT_TOKEN: arguments are visible")
    Secret token;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${env:IMAAS_CACHE:-}",
            description = "folder for clones, charts and layers ($IMAAS_CACHE; default: ~/.cache/imaas)")
    String cache;

    @Option(
            names = "--actor",
            paramLabel = "@USER",
            defaultValue = "${env:IMAAS_ACTOR:-}",
            description = "who asks, for the audit log ($IMAAS_ACTOR; default: @ and the name of this account)")
    String actor;

    @Option(names = "--role", paramLabel = "@ORG/TEAM", description = "a team that the actor is in; repeatable")
    List<String> roles = List.of();

    Actor actor() {
        String name = actor.isEmpty() ? "@" + System.getProperty("user.name") : actor;
        return new Actor(name, Actor.Proof.UNVERIFIED, roles);
    }

    List<EnvironmentName> path() {
        return environments.stream().map(EnvironmentName::new).toList();
    }

    Optional<TenantName> tenant() {
        return tenant.isEmpty() ? Optional.empty() : Optional.of(new TenantName(tenant));
    }

    Secrets secrets() {
        return name -> Optional.ofNullable(token);
    }

    Path cacheFolder() {
        if (!cache.isEmpty()) {
            return Path.of(cache);
        }
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("imaas");
    }
}
