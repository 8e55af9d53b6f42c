package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * What a tenant may use in each environment, in Kubernetes quantities.
 *
 * @param cpu cores, such as {@code 8} or {@code 500m}
 * @param memory bytes, such as {@code 16Gi}
 * @param storage bytes of all volumes together, such as {@code 100Gi}; {@code 0}: no volumes
 * @param objects how many of each counted kind, such as Secrets
 */
public record Quota(String cpu, String memory, int pods, String storage, int objects) implements Serializable {
    /** Far more than services need, and far less than what makes a cluster slow. */
    public static final int OBJECTS = 500;

    /** The chart claims no volumes. */
    public static final String STORAGE = "0";

    /** Nobody said what the tenant may use. */
    public static final Quota NONE = new Quota("0", "0", 0);

    /** One with the usual count of objects, and without volumes. */
    public Quota(String cpu, String memory, int pods) {
        this(cpu, memory, pods, STORAGE, OBJECTS);
    }

    public boolean isGiven() {
        return pods > 0;
    }
}
