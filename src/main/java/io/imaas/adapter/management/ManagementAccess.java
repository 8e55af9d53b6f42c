package io.imaas.adapter.management;

import io.imaas.model.identity.Secret;
import java.time.Duration;

/**
 * How to be let in, and whom to believe.
 *
 * @param certificates PEM of the authorities (or of the very certificates) to trust instead of the machine's own; empty
 *     for those
 * @param hostName the name that the certificate must be made out to, where that is not the URL's host: the certificate
 *     that comes with the runtime says {@code localhost}; empty for the URL's host
 * @param connect how long a connection may take to open
 * @param call how long an exchange may take in all
 */
public record ManagementAccess(
        String user, Secret password, String certificates, String hostName, Duration connect, Duration call) {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration CALL = Duration.ofSeconds(10);

    /** With the usual limits, and the machine's own authorities. */
    public static ManagementAccess of(String user, Secret password) {
        return new ManagementAccess(user, password, "", "", CONNECT, CALL);
    }

    public ManagementAccess trusting(String pem, String name) {
        return new ManagementAccess(user, password, pem, name, connect, call);
    }
}
