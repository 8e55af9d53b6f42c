package io.imaas.port;

import io.imaas.model.identity.Secret;
import java.util.Optional;

/** Who we are to an image registry. */
public interface RegistryLogins {
    /** A user that stands for a refresh token instead of a password, as Docker's credential helpers write it. */
    String TOKEN_USER = "<token>";

    /**
     * @param registry host and port, as in an image's name
     * @return empty when the registry is to be asked as nobody
     * @throws io.imaas.model.failure.FailureException INPUT when a source that should know can't be read
     */
    Optional<Login> find(String registry);

    /** @param password or a refresh token, when the user is {@link #TOKEN_USER} */
    record Login(String user, Secret password) {
        /** Of a secret of the form {@code user:password}; empty when it has another one. */
        public static Optional<Login> of(Secret secret) {
            String text = secret.reveal();
            int colon = text.indexOf(':');
            return colon > 0
                    ? Optional.of(new Login(text.substring(0, colon), new Secret(text.substring(colon + 1))))
                    : Optional.empty();
        }

        public boolean isRefreshToken() {
            return user.equals(TOKEN_USER);
        }
    }
}
