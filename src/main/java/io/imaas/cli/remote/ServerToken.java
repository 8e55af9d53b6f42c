package io.imaas.cli.remote;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.report.Json;

/**
 * What a person keeps of their login to a server.
 *
 * @param token is sent to the server
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServerToken(String token) {
    /** As it is kept: servers ask for no user. */
    Login kept() {
        return new Login("token", new Secret(Json.pretty(this)));
    }

    static ServerToken of(Login kept, String server) {
        try {
            return Json.read(kept.password().reveal(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // Its message may quote the token.
            throw FailureException.input("the login that is kept is unreadable", server, "imaas login " + server);
        }
    }
}
