package io.imaas.plan.gate;

/** When gates are asked. */
public enum Occasion {
    /** A build is about to start; its image is not known yet. */
    DELIVERY("delivery"),
    /** The release of a build is about to be committed to the first environment of the service. */
    LANDING("landing"),
    /** Somebody releases an image to the first environment of the service. */
    RELEASE("release"),
    /** A release is to come to a later environment, by whatever way. */
    PROMOTION("promotion"),
    /** An environment is to get another chart. */
    CHART("chart"),
    /** Somebody pushed or merged to an environment's branch. */
    DIRECT_PUSH("direct push"),
    ROLLBACK("rollback"),
    /** The hold of a rollback is to be lifted. */
    RESUME("resume");

    private final String word;

    Occasion(String word) {
        this.word = word;
    }

    /** As documents and messages call it. */
    public String word() {
        return word;
    }
}
