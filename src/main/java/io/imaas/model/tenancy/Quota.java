package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * What a tenant may use in each environment, in Kubernetes quantities.
 *
 * @param cpu cores, such as {@code 8} or {@code 500m}
 * @param memory bytes, such as {@code 16Gi}
 */
public record Quota(String cpu, String memory, int pods) implements Serializable {
    /** Nobody said what the tenant may use. */
    public static final Quota NONE = new Quota("0", "0", 0);

    public boolean isGiven() {
        return pods > 0;
    }
}
