package io.imaas.model.tenancy;

import java.util.Locale;

/** How releases reach the cluster. */
public enum Delivery {
    /** The orchestrator renders, reviews the manifests and commits them; the cluster gets exactly these. */
    RENDERED,
    /** The deployment server renders by itself what the environment's branch holds: gates see it, and keep nothing out. */
    HELM,
    /** As rendered, and the orchestrator applies what it committed by itself, without a deployment server. */
    DIRECT;

    /** As it is written in metadata. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
