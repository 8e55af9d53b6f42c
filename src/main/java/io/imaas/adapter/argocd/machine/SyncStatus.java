package io.imaas.adapter.argocd.machine;

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
