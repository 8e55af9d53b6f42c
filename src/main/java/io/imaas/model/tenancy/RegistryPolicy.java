package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * How tenants' spaces on the image registry come to be.
 *
 * @param storage bytes that a tenant's images may take, as a Kubernetes quantity; empty: as the registry has it
 * @param keep how many of the newest artifacts of each image stay; 0: all
 * @param credential the name of the secret {@code user:password} of the account that makes spaces
 */
public record RegistryPolicy(Kind kind, String storage, int keep, String credential) implements Serializable {
    /** The name of the secret where the platform names none. */
    public static final String SECRET = "IMAAS_REGISTRY_ADMIN";

    public static final RegistryPolicy USUAL = new RegistryPolicy(Kind.DISTRIBUTION, "", 0, SECRET);

    /** What speaks the distribution specification has no spaces of its own; a kind beyond it has. */
    public enum Kind {
        DISTRIBUTION,
        HARBOR
    }

    public boolean isHarbor() {
        return kind == Kind.HARBOR;
    }
}
