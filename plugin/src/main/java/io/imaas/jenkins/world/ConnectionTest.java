package io.imaas.jenkins.world;

import hudson.util.FormValidation;
import io.imaas.adapter.system.SystemClock;
import io.imaas.jenkins.config.RolloutServer;
import io.imaas.model.FailureException;
import java.nio.file.Path;

/** What stands behind a 'Test connection' button. */
public final class ConnectionTest {
    private ConnectionTest() {}

    /** Asks a server whether it answers and lets us in. The caller has checked who may ask. */
    public static FormValidation of(RolloutServer server) {
        return OurClasses.call(() -> {
            try (Backend backend = Backend.of(
                    server,
                    url -> {
                        throw FailureException.defect("a connection test reads no repository", null);
                    },
                    Path.of(""),
                    new SystemClock())) {
                backend.deployments().check();
                return FormValidation.ok("It answers, and lets us in.");
            } catch (FailureException e) {
                return FormValidation.error(e.failure().sentence());
            }
        });
    }
}
