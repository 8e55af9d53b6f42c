package io.imaas.app.reaction;

import java.util.Locale;

/** The kinds of things that the orchestrator does by itself. */
public enum Reaction {
    /** New images of services that follow others' builds are released to their first environment. */
    RELEASE,
    /** What people pushed to an environment's branch is reviewed, rendered and followed. */
    REVIEW,
    /** A merge of a service's own branches promotes, as soon as every gate is open. */
    PROMOTION,
    /** What was merged to the platform repository is made. */
    ONBOARDING,
    /** Health records are kept true after the rollouts. */
    HEALTH,
    /** Previews whose pull request or whose time is over are removed. */
    PREVIEW,
    /** Where a tenant's space is not as the platform's files say is found out. */
    AUDIT;

    /** As people and topics write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
