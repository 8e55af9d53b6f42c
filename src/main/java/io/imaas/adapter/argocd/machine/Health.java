package io.imaas.adapter.argocd.machine;

/** Argo CD's health of an application or resource; anything it may add later reads as {@link #UNKNOWN}. */
public enum Health {
    HEALTHY("Healthy"),
    PROGRESSING("Progressing"),
    SUSPENDED("Suspended"),
    DEGRADED("Degraded"),
    MISSING("Missing"),
    UNKNOWN("Unknown");

    private final String word;

    Health(String word) {
        this.word = word;
    }

    public static Health parse(String word) {
        for (Health health : values()) {
            if (health.word.equals(word)) {
                return health;
            }
        }
        return UNKNOWN;
    }

    /** Argo CD's own word. */
    public String word() {
        return word;
    }
}
