package io.imaas.adapter.argocd.machine;

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
