package io.imaas.model.tenancy;

/** What a service is to its callers; the chart draws the line between them. */
public enum ServiceType {
    /** HTTP in: gets a Service and, where wanted, an Ingress. */
    GATEWAY,
    /** Reacts to events; nobody calls it. */
    WORKER,
    /** Runs to an end, once or on a schedule. */
    STEP;

    /** The word in metadata and chart values. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
