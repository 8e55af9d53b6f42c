package io.imaas.server;

import io.imaas.app.access.Accounts;
import io.imaas.model.identity.Secret;
import io.imaas.port.IdentityProvider;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the server is reached.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param url where people reach it, which differs behind a proxy; null: where it listens
 * @param secret that senders of web hooks know
 * @param rate how many deliveries one address may send to one hook in a second
 * @param accounts who has a token, as it is now; empty: nobody has one
 * @param provider where people log in; empty, like {@code accounts}: this machine may look, and nobody may anything else
 */
public record ServerSettings(
        String host,
        int port,
        URI url,
        Secret secret,
        int rate,
        Supplier<Optional<Accounts>> accounts,
        Optional<IdentityProvider> provider) {}
