package io.imaas.cli;

import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitAccess;
import io.imaas.app.assembly.Assembly;
import io.imaas.cli.help.HelpHeading;
import io.imaas.cli.settings.Settings;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.GitHosts;
import io.imaas.port.OwnKey;
import io.imaas.port.Secrets;
import io.imaas.report.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which platform. The same on every command. */
@HelpHeading(HelpHeading.WHERE)
final class PlatformOptions {
    @Option(
            names = "--platform",
            paramLabel = "REPOSITORY",
            defaultValue = "",
            description = "the platform repository, a URL or a folder ($IMAAS_PLATFORM); "
                    + "without it there are no policies and no approvals")
    private String platform = "";

    @Option(
            names = "--git-token",
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "the token for https repositories and for the Git server's API; prefer $IMAAS_GIT_TOKEN: "
                    + "arguments are visible")
    private Secret token;

    @Option(
            names = "--git-hosts",
            paramLabel = "HOST",
            split = ",",
            defaultValue = "",
            description = {
                "the only Git servers to connect to, over https and ssh ($IMAAS_GIT_HOSTS; default: any);",
                "http://HOST[:PORT] allows plain http for this host, with the token"
            })
    private List<String> gitHosts = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private final KeyOption key = new KeyOption();

    @Mixin
    private final CacheOption cache = new CacheOption();

    /** The platform repository; empty when none was named. */
    String platform() {
        return platform;
    }

    boolean given() {
        return !platform.isEmpty();
    }

    /** Whether it stands on the command line itself. */
    boolean named() {
        return spec.commandLine().getParseResult().hasMatchedOption("--platform");
    }

    /** @throws ParameterException when no platform is named */
    void required() {
        if (!given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no platform is named: add --platform URL, or save it with 'imaas use NAME --set platform=URL'");
        }
    }

    /** Folder for what can be made again. */
    Path cache() {
        return cache.folder();
    }

    OwnKey key(Settings settings) {
        return key.own(settings);
    }

    Assembly assembly(Settings settings) {
        return new Assembly(cache.folder(), settings.clock(), System.getenv())
                .tracing()
                .key(key.own(settings));
    }

    /** Git and the forge, with the token. */
    void addTo(Assembly assembly, CommitOptions commits) {
        Secrets secrets = name -> Optional.ofNullable(token);
        List<String> named = gitHosts.stream().filter(host -> !host.isBlank()).toList();
        GitHosts hosts = new GitHosts(Set.copyOf(named), true);
        assembly.git(commits.settings(cache.folder().resolve("git"), GitAccess.token(secrets, "git"), assembly.clock())
                        .speakingTo(hosts)
                        .telling(new TerminalOnlooker(spec.commandLine().getErr(), Terminal.ofErrors(System.getenv()))))
                .forges(new ForgeLogin(secrets, "git", hosts));
    }
}
