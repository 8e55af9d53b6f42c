package io.imaas.model.request;

import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.Locale;

/** What somebody can wait for, of a service in an environment. */
public enum Condition {
    /** A rollout saw the newest change of the service there live and healthy. */
    LIVE,
    /** The release that runs there is healthy by the newest record. */
    HEALTHY,
    /** Whoever must approve what would come there next has done so. */
    APPROVED;

    /** Such as {@code order-api is live in test}. */
    public String told(String service, String environment) {
        return service + " is " + in(environment);
    }

    private String in(String environment) {
        return name().toLowerCase(Locale.ROOT) + " in " + environment;
    }

    /**
     * FAILED, for whoever waited in vain.
     *
     * @param missing what is missing still
     */
    public FailureException notReached(String service, String environment, Duration waited, String missing) {
        return FailureException.failed(
                service + " is not " + in(environment) + " after "
                        + waited.toString().substring(2).toLowerCase(Locale.ROOT),
                missing,
                "imaas status " + service);
    }
}
