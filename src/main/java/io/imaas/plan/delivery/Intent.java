package io.imaas.plan.delivery;

import java.util.Locale;

/** What a run is for. */
public enum Intent {
    /** Build and test, and leave everything as it is. */
    CHECK,
    /** Bring the sources to life in the first environment. */
    DELIVER,
    /** Bring a pull request to life beside the environments. */
    PREVIEW,
    /** Make the image and release it nowhere. */
    IMAGE,
    /** Bring what was built from these sources to the next environment. */
    PROMOTE,
    /** Review what people did to an environment's branch themselves, and follow it. */
    REVIEW,
    /** Release an image that is built already. */
    RELEASE,
    /** Say yes to a promotion. */
    APPROVE,
    /** Wait until a release is live. */
    ROLLOUT,
    /** Lift the hold of a rollback. */
    RESUME,
    /** Make what a tenant needs. */
    ONBOARD,
    ROLLBACK,
    /** There is nothing to do, and the summary says why. */
    NOTHING;

    /** The word that pipelines know it by. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
