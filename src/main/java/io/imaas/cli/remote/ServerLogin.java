package io.imaas.cli.remote;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.app.assembly.Logins;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.DeviceLogin;
import io.imaas.model.identity.LoginTokens;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.port.CommandLineLogin;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.StoredLogins;
import io.imaas.report.Json;
import io.imaas.server.api.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A person's login to one server, which is kept on this machine.
 *
 * @param address of the server, as {@link #addressOf} writes it
 */
public record ServerLogin(String address, StoredLogins logins, Clock clock) {
    /** As it is the same for each way to write it. */
    public static String addressOf(String server) {
        return ServerApi.address(server).toString().replaceFirst("/+$", "");
    }

    /**
     * Keeps a token that the server's administrators gave out, when the server takes it.
     *
     * @return where it is kept, for people
     */
    public String keep(Secret token) {
        return keep(new ServerToken(token.reveal(), null, null, null));
    }

    /**
     * Logs in at the server's identity provider with a browser of this machine.
     *
     * @param told hears what the person has to do
     * @return where the login is kept, for people
     */
    public String withBrowser(BrowserLogin browser, Consumer<String> told) throws InterruptedException {
        Answers.CommandLine how = provider();
        CommandLineLogin provider = Logins.at(how.issuer(), how.client(), clock);
        return keep(ServerToken.of(browser.tokens(provider, told), how));
    }

    /**
     * The same with a browser of another machine.
     *
     * @return empty where the provider can't
     */
    public Optional<String> withDevice(Consumer<String> told) throws InterruptedException {
        Answers.CommandLine how = provider();
        CommandLineLogin provider = Logins.at(how.issuer(), how.client(), clock);
        Optional<DeviceLogin> begun = provider.device();
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        told.accept("Open " + begun.get().page() + " in any browser, and enter the code "
                + begun.get().userCode());
        return Optional.of(keep(ServerToken.of(provider.tokens(begun.get()), how)));
    }

    private Answers.CommandLine provider() {
        ServerApi api = new ServerApi(address, Optional.empty());
        String answer = api.get(List.of("login"), Map.of());
        Answers.CommandLine how = api.parsed(() -> Json.read(answer, new TypeReference<>() {}));
        if (how.issuer() == null || how.issuer().isEmpty()) {
            throw FailureException.input(
                    "no identity provider stands behind this server for command lines",
                    address,
                    "imaas login " + address + " --token-stdin, with a token of its administrators; or ask them for"
                            + " --oidc-cli-client");
        }
        requireOwnClient(ServerToken.client(how));
        return how;
    }

    /** A server gets tokens that count wherever its client does: it must not name that of another server. */
    private void requireOwnClient(String client) {
        logins.users().forEach((other, user) -> {
            if (user.equals(client) && !other.equals(address)) {
                throw FailureException.policy(
                        "it names the client of " + other + " (" + client
                                + "): whoever runs it could use your login there",
                        address,
                        "ask its administrators for a client of its own (imaas serve --oidc-cli-client); or imaas logout "
                                + other);
            }
        });
    }

    /**
     * Forgets the login here, and at the provider where that can be.
     *
     * @return what became of it, for people; empty when there was none
     */
    public Optional<String> end() {
        String there = revoked();
        return logins.remove(address) ? Optional.of("Logged out of " + address + there) : Optional.empty();
    }

    private String revoked() {
        try {
            Optional<ServerToken> kept = logins.find(address).map(login -> ServerToken.of(login, address));
            if (kept.isEmpty() || kept.get().refresh() == null) {
                return "";
            }
            CommandLineLogin provider =
                    Logins.at(kept.get().at().issuer(), kept.get().at().client(), clock);
            return provider.revoke(new Secret(kept.get().refresh()))
                    ? " and of " + provider.name()
                    : "; " + provider.name() + " offers no revocation, so the login ends there by itself";
        } catch (FailureException e) {
            // Here it is forgotten all the same.
            return "; but not at the identity provider: " + e.failure().what() + ". End the session there";
        }
    }

    private String keep(ServerToken token) {
        new ServerApi(address, Optional.of(new Secret(token.token()))).get(List.of("tenants"), Map.of("limit", "1"));
        return logins.store(address, token.kept());
    }

    /**
     * What to send to the server; empty for whoever did not log in.
     *
     * @throws FailureException INPUT when they have to log in again
     */
    Optional<Secret> token() {
        return logins.find(address)
                .map(kept -> ServerToken.of(kept, address))
                .flatMap(kept -> kept.counts(clock.now()) ? Optional.of(kept) : renewed())
                .map(kept -> new Secret(kept.token()));
    }

    private Optional<ServerToken> renewed() {
        return logins.renew(address, this::newer).map(kept -> ServerToken.of(kept, address));
    }

    private Login newer(Login kept) {
        ServerToken before = ServerToken.of(kept, address);
        if (before.counts(clock.now())) {
            return kept;
        }
        if (before.refresh() == null) {
            throw expired();
        }
        try {
            CommandLineLogin provider =
                    Logins.at(before.at().issuer(), before.at().client(), clock);
            return ServerToken.of(provider.tokens(new Secret(before.refresh())), before.at())
                    .kept();
        } catch (FailureException e) {
            throw e.failure().kind() == FailureKind.POLICY ? expired() : e;
        }
    }

    private FailureException expired() {
        return FailureException.input("your login has expired", address, "imaas login " + address);
    }

    /**
     * What a person keeps of their login to a server.
     *
     * @param token is sent to the server
     * @param expires when it counts no more; null: the server knows
     * @param refresh brings the next one; null: nothing does
     * @param at where they logged in; null: nowhere, they were given the token
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ServerToken(String token, Instant expires, String refresh, Answers.CommandLine at) {
        /** It must still count when it arrives. */
        private static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

        static ServerToken of(LoginTokens tokens, Answers.CommandLine at) {
            return new ServerToken(
                    tokens.token().reveal(),
                    tokens.expires(),
                    tokens.refresh() == null ? null : tokens.refresh().reveal(),
                    at);
        }

        /** As it is kept: servers ask for no user, so its place tells for whom the token was made. */
        Login kept() {
            return new Login(at == null ? "token" : client(at), new Secret(Json.pretty(this)));
        }

        static String client(Answers.CommandLine at) {
            return at.client() + " at " + at.issuer();
        }

        static ServerToken of(Login kept, String server) {
            try {
                return Json.read(kept.password().reveal(), new TypeReference<>() {});
            } catch (JsonProcessingException e) {
                // Its message may quote the token.
                throw FailureException.input("the login that is kept is unreadable", server, "imaas login " + server);
            }
        }

        boolean counts(Instant now) {
            return expires == null || now.plus(ON_ITS_WAY).isBefore(expires);
        }
    }
}
