package io.imaas.port;

import io.imaas.port.RegistryLogins.Login;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Logins that a person keeps on this machine. */
public interface StoredLogins {
    /**
     * @param address a server's URL, or a registry's host as in an image's name
     * @return empty when none is kept for it
     * @throws io.imaas.model.failure.FailureException EXTERNAL when what keeps it does not give it
     */
    Optional<Login> find(String address);

    /**
     * Keeps a login; one that was kept before is replaced.
     *
     * @return where it is kept now, for people
     */
    String store(String address, Login login);

    /**
     * Replaces a login by a newer one, where it has one, while no other process does.
     *
     * @param newer gives the same when it is still good
     * @return empty when none is kept
     */
    Optional<Login> renew(String address, UnaryOperator<Login> newer);

    /** The user of each login by its address; no keyring is asked. */
    Map<String, String> users();

    /** Returns whether there was one. */
    boolean remove(String address);
}
