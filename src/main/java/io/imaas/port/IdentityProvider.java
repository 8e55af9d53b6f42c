package io.imaas.port;

import io.imaas.model.identity.Identity;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.util.Optional;

/** Where a company's people log in, such as Keycloak, Dex or Entra ID. */
public interface IdentityProvider {
    /** Its host, for people. */
    String name();

    /**
     * Where a browser goes to log in.
     *
     * @param callback where the provider sends the browser afterwards
     * @throws io.imaas.model.failure.FailureException EXTERNAL when the provider can't be asked now
     */
    URI address(LoginAttempt attempt, URI callback);

    /**
     * Who came back.
     *
     * @param returned the callback with what the provider added to it
     * @throws io.imaas.model.failure.FailureException POLICY when the provider refused, or what came is not its word for this
     *     attempt; EXTERNAL when it can't be asked now
     */
    Identity identity(LoginAttempt attempt, URI callback, URI returned);

    /**
     * Whose a token is that a command line got there.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when it is not the provider's word, or not any more; EXTERNAL when
     *     it can't be asked now
     */
    Identity identity(Secret token);

    /** How command lines log in; empty when they can't. */
    Optional<Client> commandLine();

    /**
     * A command line, as the provider knows it.
     *
     * @param issuer the provider itself
     */
    record Client(String issuer, String id) {}
}
