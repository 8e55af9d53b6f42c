package io.imaas.model.tenancy;

import io.imaas.model.source.LintLevels;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a service's repository says in its {@code imaas.yaml}; everything has a default.
 *
 * @param groups MI projects of the repository: groups one after the other, the projects of one side by side; never
 *     empty
 * @param migration of its database; null without one
 */
public record ServiceSettings(
        BuilderChoice builder,
        Tests tests,
        LintLevels lint,
        ImageSettings image,
        List<List<Project>> groups,
        MigrationSettings migration,
        List<Notification> notifications)
        implements Serializable {
    public ServiceSettings {
        groups = groups.stream().map(List::copyOf).toList();
        notifications = List.copyOf(notifications);
    }

    /** What holds where there is no {@code imaas.yaml}. */
    public static ServiceSettings defaults() {
        return new ServiceSettings(
                BuilderChoice.AUTO,
                new Tests(Platform.NoTests.IGNORE, List.of(), Tests.DEFAULT_TIMEOUT),
                LintLevels.DEFAULTS,
                new ImageSettings("", "", Map.of()),
                List.of(List.of(new Project(null, "."))),
                null,
                List.of());
    }

    /** How the CAR is made. */
    public enum BuilderChoice {
        /** Native where it is sound, else Maven. */
        AUTO,
        NATIVE,
        MAVEN
    }

    /**
     * @param policy the service's own wish; {@link #policyUnder} says what holds
     * @param servers {@code host:port} of running MI unit-test servers, unresolved
     * @param timeout for each suite
     */
    public record Tests(Platform.NoTests policy, List<InetSocketAddress> servers, Duration timeout)
            implements Serializable {
        public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

        public Tests {
            servers = List.copyOf(servers);
        }

        /** The stricter of the platform's policy and the service's own. */
        public Platform.NoTests policyUnder(Platform platform) {
            return policy.compareTo(platform.noTests()) < 0 ? policy : platform.noTests();
        }
    }

    /**
     * @param base {@code registry/path@sha256:…}, or empty for the platform's
     * @param dockerfile path in the repository, or empty to build without a daemon
     * @param labels added to the platform's own
     */
    public record ImageSettings(String base, String dockerfile, Map<String, String> labels) implements Serializable {
        public ImageSettings {
            labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    /**
     * @param service null when the repository serves one service, whatever its name
     * @param path folder in the repository, with forward slashes; {@code .} is the repository itself
     */
    public record Project(ServiceName service, String path) implements Serializable {}

    /**
     * @param image {@code registry/path@sha256:…}, or empty for the platform's
     * @param scripts their folder in the repository
     * @param secret the Secret with the database's URL, user and password, the same name in each environment
     */
    public record MigrationSettings(MigrationTool tool, String image, String scripts, String secret)
            implements Serializable {}

    /** @param to a channel or person, or for webhooks the name of the credential that holds the URL */
    public record Notification(Channel channel, String to, Set<When> when) implements Serializable {
        public Notification {
            when = Set.copyOf(when);
        }
    }

    /** How people are told. */
    public enum Channel {
        SLACK,
        TEAMS,
        MAIL,
        /** JSON for programs. */
        WEBHOOK;

        /** Whether who knows the recipient may write there: then it is named by its credential. */
        public boolean isSecret() {
            return this == TEAMS || this == WEBHOOK;
        }
    }

    /** What they are told of. */
    public enum When {
        FAILURE,
        /** The first success after a failure. */
        RECOVERY,
        SUCCESS,
        /** Somebody's yes is waited for. */
        APPROVAL
    }
}
