package io.imaas.jenkins.world;

import io.imaas.jenkins.config.RolloutServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;

/**
 * A server as administrators configured it: what stands behind it, or why nothing does. One that is misconfigured is in
 * the way of its own environments alone.
 *
 * @param backend null when nothing stands behind it
 * @param wrong why; null when all is well
 * @param seen what was found of its secrets when it was made: themselves, or what is wrong with them
 */
record ConfiguredServer(RolloutServer server, Backend backend, FailureException wrong, Object seen)
        implements AutoCloseable {
    static ConfiguredServer of(RolloutServer server, Backend.Surroundings around) {
        Object seen = secrets(server);
        try {
            return new ConfiguredServer(server, Backend.of(server, around), null, seen);
        } catch (FailureException e) {
            return new ConfiguredServer(server, null, e, seen);
        }
    }

    boolean serves(EnvironmentName environment) {
        return server.serves(environment.value());
    }

    /** @throws FailureException what is wrong with the configuration */
    Backend orThrow() {
        if (backend == null) {
            throw new FailureException(wrong.failure(), wrong);
        }
        return backend;
    }

    /** Whether its secrets are others by now, or gone, or there at last. */
    boolean isOutdated() {
        return !seen.equals(secrets(server));
    }

    private static Object secrets(RolloutServer server) {
        try {
            return BackendSecrets.of(server);
        } catch (FailureException e) {
            return e.failure().sentence();
        }
    }

    @Override
    public void close() throws Exception {
        if (backend != null) {
            backend.close();
        }
    }
}
