package io.imaas.cli.remote;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.LoginTokens;
import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.report.Json;
import io.imaas.server.api.Answers;
import java.time.Duration;
import java.time.Instant;

/**
 * What a person keeps of their login to a server.
 *
 * @param token is sent to the server
 * @param expires when it counts no more; null: the server knows
 * @param refresh brings the next one; null: nothing does
 * @param at where they logged in; null: nowhere, they were given the token
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServerToken(String token, Instant expires, String refresh, Answers.CommandLine at) {
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
