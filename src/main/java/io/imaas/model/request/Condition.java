package io.imaas.model.request;

/** What somebody can wait for, of a service in an environment. */
public enum Condition {
    /** A rollout saw the newest change of the service there live and healthy. */
    LIVE,
    /** The release that runs there is healthy by the newest record. */
    HEALTHY,
    /** Whoever must approve what would come there next has done so. */
    APPROVED
}
