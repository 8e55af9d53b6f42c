package io.imaas.model.request;

import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What the caller of a pipeline wants otherwise than the files say.
 *
 * @param builder {@code auto}, {@code native}, {@code maven}, or empty for the service's own choice
 * @param testServers unresolved; empty: those of {@code imaas.yaml} or of the door
 * @param timeout for each rollout
 * @param service the only one to be built, or null for all of the repository
 */
public record BuildOptions(String builder, List<InetSocketAddress> testServers, Duration timeout, ServiceName service)
        implements Serializable {
    /** How long a rollout is waited for when nobody says otherwise. */
    public static final Duration ROLLOUT = Duration.ofMinutes(10);

    public BuildOptions {
        testServers = List.copyOf(testServers);
    }

    /** Everything as the files say. */
    public static BuildOptions none() {
        return new BuildOptions("", List.of(), ROLLOUT, null);
    }
}
