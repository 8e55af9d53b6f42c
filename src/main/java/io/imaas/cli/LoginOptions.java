package io.imaas.cli;

import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.app.access.Accounts;
import io.imaas.app.assembly.Adapters;
import io.imaas.cli.help.HelpHeading;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import io.imaas.port.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Who may come from elsewhere, and how they say who they are. */
@HelpHeading(HelpHeading.LOGIN)
final class LoginOptions {
    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "which tokens may read and request what (see docs/serve.md); without tokens and "
                    + "--oidc-issuer, pages and API answer only this machine, and nobody can request anything")
    private Path tokens;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the address of this server for people, such as https://imaas.example; needed with "
                    + "--oidc-issuer")
    private URI url;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = "the identity provider for people's logins (OpenID Connect), exactly as its tokens name it")
    private String issuer;

    @Option(
            names = "--oidc-client",
            paramLabel = "ID",
            defaultValue = "imaas",
            description = "this server's client ID at the provider (default: ${DEFAULT-VALUE})")
    private String client;

    @Option(
            names = "--oidc-secret",
            paramLabel = "TEXT",
            defaultValue = "${env:IMAAS_OIDC_SECRET:-}",
            description = "the client's secret (without it: a public client); prefer $IMAAS_OIDC_SECRET: arguments are "
                    + "visible")
    private Secret secret;

    @Option(
            names = "--oidc-cli-client",
            paramLabel = "ID",
            description = "how the provider knows the command lines of 'imaas login', a public client with PKCE "
                    + "(default: that of --oidc-client where it has no secret, else nobody logs in so)")
    private String commandLine;

    @Option(
            names = "--oidc-name",
            paramLabel = "CLAIM",
            defaultValue = "preferred_username",
            description = "the claim with a person's name (default: ${DEFAULT-VALUE})")
    private String name;

    @Option(
            names = "--oidc-groups",
            paramLabel = "CLAIM",
            defaultValue = "groups",
            description = "the claim with a person's groups (default: ${DEFAULT-VALUE})")
    private String groups;

    URI url() {
        return url;
    }

    /** @param told hears why a changed file of tokens is no good */
    Supplier<Optional<Accounts>> accounts(Consumer<String> told) {
        return tokens == null ? Optional::empty : new TokensFile(tokens, told);
    }

    /** @throws FailureException INPUT when the way there or back is no good */
    Optional<IdentityProvider> provider() {
        if (issuer == null) {
            return Optional.empty();
        }
        if (url == null) {
            throw FailureException.input(
                    "the identity provider must know where to send people back",
                    "--oidc-issuer",
                    "give --url https://HOST, and register https://HOST/login/callback there");
        }
        OidcSettings.requireSafe(url.toString(), "--url");
        OidcSettings usual = new OidcSettings(issuer, client, Optional.ofNullable(secret), name, groups);
        return Optional.of(Adapters.identityProvider(
                commandLine == null
                        ? usual
                        : new OidcSettings(issuer, client, usual.secret(), name, groups, Optional.of(commandLine))));
    }

    /** The file of tokens, read again when it changed: who is taken out is out at once. */
    private static final class TokensFile implements Supplier<Optional<Accounts>> {
        private final Path file;
        private final Consumer<String> told;
        private FileTime seen;
        private Accounts known;

        /**
         * @param told hears why a changed file is no good; what was known stays
         * @throws FailureException INPUT when it is no good now
         */
        TokensFile(Path file, Consumer<String> told) {
            this.file = file;
            this.told = told;
            this.seen = changed();
            this.known = read();
        }

        @Override
        public synchronized Optional<Accounts> get() {
            try {
                FileTime now = changed();
                if (!now.equals(seen)) {
                    seen = now;
                    known = read();
                }
            } catch (FailureException e) {
                told.accept(e.failure().sentence());
            }
            return Optional.of(known);
        }

        private FileTime changed() {
            try {
                return Files.getLastModifiedTime(file);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private Accounts read() {
            try {
                return Accounts.read(Files.readString(file), file.toString());
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private FailureException unreadable(IOException cause) {
            return FailureException.input(
                    "the tokens can't be read: " + Reason.of(cause), file.toString(), "see 'Who' in docs/serve.md");
        }
    }
}
