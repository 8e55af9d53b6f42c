package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.ApplicationView.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What Argo CD says of an application at one moment, in the few words that we use.
 *
 * @param version the object's resourceVersion
 * @param own whether it carries the labels of an application that we made
 * @param automated whether Argo CD syncs by itself
 * @param prunes whether its own syncs remove what Git no longer has
 * @param revisions what the live state was compared to, by source
 * @param comparedTo the sources of that comparison; empty when Argo CD did not say
 * @param operationRequested whether an operation is asked for or runs ({@code .operation})
 * @param operation the running or last operation, or null
 * @param reconciledAt when Argo CD last compared, its own clock; null when never
 * @param conditions messages of errors that make the status unreliable
 * @param images the images of the application's pods
 * @param resources how many objects it manages
 * @param unfinished those that are not in sync or not healthy
 * @param workloads those that run pods
 * @param usualSync how long its syncs usually took, from its own history; null when it has none
 */
public record ApplicationView(
        ApplicationName name,
        String project,
        String version,
        boolean deleting,
        boolean own,
        boolean automated,
        boolean prunes,
        List<Source> sources,
        List<String> revisions,
        SyncStatus sync,
        List<Source> comparedTo,
        boolean operationRequested,
        Operation operation,
        Health health,
        String healthMessage,
        Instant reconciledAt,
        List<String> conditions,
        List<String> images,
        int resources,
        List<Resource> unfinished,
        List<Resource> workloads,
        Duration usualSync) {
    public ApplicationView {
        sources = List.copyOf(sources);
        revisions = List.copyOf(revisions);
        comparedTo = List.copyOf(comparedTo);
        conditions = List.copyOf(conditions);
        images = List.copyOf(images);
        unfinished = List.copyOf(unfinished);
        workloads = List.copyOf(workloads);
    }

    /** Whether an operation is asked for or under way. */
    public boolean operating() {
        return operationRequested || (operation != null && operation.running());
    }

    /** Whether the comparison was made with what the application's specification says now. */
    public boolean comparedAsSpecified() {
        return comparedTo.isEmpty() || comparedTo.equals(sources);
    }

    /** Whether all that makes a commit live is the same; Argo CD writes its status more often than that changes. */
    public boolean saysTheSameAs(ApplicationView other) {
        return sync == other.sync
                && health == other.health
                && operating() == other.operating()
                && revisions.equals(other.revisions)
                && sources.equals(other.sources)
                && workloads.equals(other.workloads)
                && Objects.equals(operation, other.operation);
    }

    /**
     * Whether this is not older than another view of the same application. Resource versions are opaque by contract, but
     * Argo CD itself orders applications by them (server/application); where they are not numbers nothing is older.
     */
    public boolean notOlderThan(ApplicationView other) {
        try {
            return Long.parseLong(version) >= Long.parseLong(other.version);
        } catch (NumberFormatException notANumber) {
            return true;
        }
    }

    /** Where an application's manifests come from. */
    public record Source(String repository, String path, String targetRevision) {
        /** Whether two URLs name one repository: scheme, user, a trailing {@code .git} or slash and letter case don't count. */
        public static boolean sameRepository(String one, String other) {
            return normal(one).equals(normal(other));
        }

        private static String normal(String url) {
            String text = url.toLowerCase(java.util.Locale.ROOT).replaceFirst("^[a-z+]+://", "");
            text = text.replaceFirst("^[^@/]*@", "").replaceFirst("^([^/:]+):(?!\\d+/)", "$1/");
            return text.replaceAll("/+$", "").replaceAll("\\.git$", "");
        }
    }

    /** Whether the cluster is as Git wants it. */
    public enum SyncStatus {
        SYNCED("Synced"),
        OUT_OF_SYNC("OutOfSync"),
        UNKNOWN("Unknown");

        private final String word;

        SyncStatus(String word) {
            this.word = word;
        }

        public static SyncStatus parse(String word) {
            for (SyncStatus status : values()) {
                if (status.word.equals(word)) {
                    return status;
                }
            }
            return UNKNOWN;
        }

        /** Argo CD's own word. */
        public String word() {
            return word;
        }
    }

    /**
     * A Kubernetes object that an application manages.
     *
     * @param message why its health is what it is; may be empty
     */
    public record Resource(
            String group,
            String version,
            String kind,
            String namespace,
            String name,
            SyncStatus sync,
            Health health,
            String message) {
        /** Whether it is in the cluster as Git wants it, and works. Kinds without a health check count as working. */
        public boolean done() {
            return sync == SyncStatus.SYNCED && health == Health.HEALTHY;
        }

        /** Kind and name, for people. */
        public String title() {
            return kind + " " + name;
        }

        /** One line of a progress report. */
        public String line() {
            String state = sync == SyncStatus.SYNCED ? health.word() : sync.word() + ", " + health.word();
            return title() + ": " + state + (message.isEmpty() ? "" : " (" + message + ")");
        }
    }
}
