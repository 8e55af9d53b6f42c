package io.imaas.port;

import io.imaas.model.identity.Secret;
import java.util.Optional;

/** Hands out secrets by name: credentials ids in Jenkins, environment variables on the command line. */
public interface Secrets {
    Optional<Secret> find(String name);
}
