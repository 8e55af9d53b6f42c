package io.imaas.cli.remote;

import io.imaas.model.identity.Secret;
import io.imaas.port.StoredLogins;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person's login to one server, which is kept on this machine.
 *
 * @param address of the server, as {@link #addressOf} writes it
 */
public record ServerLogin(String address, StoredLogins logins) {
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
        new ServerApi(address, Optional.of(token)).get(List.of("tenants"), Map.of("limit", "1"));
        return logins.store(address, new ServerToken(token.reveal()).kept());
    }

    /** What to send to the server; empty for whoever did not log in. */
    Optional<Secret> token() {
        return logins.find(address).map(kept -> new Secret(ServerToken.of(kept, address).token()));
    }
}
