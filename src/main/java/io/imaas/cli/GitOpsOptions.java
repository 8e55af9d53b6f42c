package io.imaas.cli;

import io.imaas.adapter.git.Checkout;
import io.imaas.cli.help.HelpHeading;
import io.imaas.cli.settings.Filled.Origin;
import io.imaas.cli.settings.Setting;
import io.imaas.cli.settings.Settings;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Which tenant: by the platform repository, or by its GitOps repository alone. The same on every command. */
@HelpHeading(HelpHeading.WHERE)
final class GitOpsOptions {
    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final ActorOptions actor = new ActorOptions();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = "",
            description = "the tenant ($IMAAS_TENANT; default: the tenant of this checkout, or the only tenant that "
                    + "has the service)")
    private String tenant = "";

    @Option(
            names = "--gitops",
            paramLabel = "REPOSITORY",
            defaultValue = "",
            description = "the tenant's GitOps repository ($IMAAS_GITOPS; default: the one in the platform's files)")
    private String gitops = "";

    @Option(
            names = "--environments",
            paramLabel = "ENV",
            split = ",",
            defaultValue = "dev,test,prod",
            description = "the promotion path if there is no --platform (default: dev,test,prod)")
    private List<String> environments;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    PlatformOptions platform() {
        return platform;
    }

    Actor actor() {
        return actor.actor();
    }

    /** The GitOps repository; empty when none was named. */
    String gitops() {
        return belongs(Setting.GITOPS, Setting.TENANT) ? gitops : "";
    }

    /** Values that were filled in, and from where. */
    Settings settings() {
        return Settings.of(spec);
    }

    /** What the checkout that the command runs in was cloned from. */
    Optional<RepositoryUrl> checkout() {
        return Checkout.around(settings().here()).flatMap(Checkout::remote);
    }

    /** @throws ParameterException when the line says what the platform's files say */
    void check() {
        if (platform.given() && spec.commandLine().getParseResult().hasMatchedOption("--environments")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--environments is for tenants without a platform, and the files of " + platform.platform()
                            + " name the environments: leave it out");
        }
    }

    /** Beside the answer: tenants that are left out, unless another one is meant for sure. */
    void tell(List<BrokenTenant> broken) {
        if (tenants().isEmpty()) {
            broken.forEach(one -> spec.commandLine().getErr().println("note: " + one.sentence()));
            spec.commandLine().getErr().flush();
        }
    }

    /** In which order the command's names stand. */
    ArgumentOrder order() {
        return new ArgumentOrder(spec);
    }

    List<EnvironmentName> path() {
        return environments.stream().map(EnvironmentName::new).toList();
    }

    /** @throws ParameterException when several are named, and the command is about one */
    Optional<TenantName> tenant() {
        List<TenantName> named = tenants();
        if (named.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "'" + spec.name() + "' is about one tenant, and --tenant names several");
        }
        return named.stream().findFirst();
    }

    /** For a command that may be about several: --tenant orders,billing. */
    List<TenantName> tenants() {
        return tenant.isEmpty() || !belongs(Setting.TENANT, Setting.GITOPS)
                ? List.of()
                : Arrays.stream(tenant.split(",")).map(TenantName::new).toList();
    }

    /** The command line once more, with more words; only those where there is a secret on it, which must not be printed again. */
    String again(String... more) {
        ParseResult parsed = spec.commandLine().getParseResult();
        boolean secret = parsed.matchedOptions().stream().anyMatch(option -> option.type() == Secret.class);
        List<String> words = new ArrayList<>(
                secret
                        ? List.of(spec.name(), "…")
                        : spec.root().commandLine().getParseResult().originalArgs());
        words.addAll(List.of(more));
        return Pasted.imaas(words);
    }

    /** Whether the command's own line says which tenant is meant. */
    boolean namesTenant() {
        ParseResult parsed = spec.commandLine().getParseResult();
        return parsed.hasMatchedOption("--tenant") || parsed.hasMatchedOption("--gitops");
    }

    /**
     * Whether a value counts. What a profile says belongs together: where the platform, or the other name of the tenant,
     * was given in its place, its tenant is not meant.
     */
    private boolean belongs(Setting one, Setting other) {
        boolean platformGiven = platform.given() && !fromProfile(Setting.PLATFORM);
        boolean otherGiven = (other == Setting.TENANT ? !tenant.isEmpty() : !gitops.isEmpty()) && !fromProfile(other);
        return !fromProfile(one) || !(platformGiven || otherGiven);
    }

    /** Whether the value is a profile's, and not one of the command line. */
    private boolean fromProfile(Setting setting) {
        return !spec.commandLine().getParseResult().hasMatchedOption("--" + setting.key())
                && settings()
                        .find(setting)
                        .filter(one -> one.origin() == Origin.PROFILE)
                        .isPresent();
    }
}
