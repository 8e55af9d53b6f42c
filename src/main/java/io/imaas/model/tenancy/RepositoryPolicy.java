package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * How tenants' GitOps repositories come to be.
 *
 * @param managed whether onboarding makes them on their Git server and protects their branches
 * @param webhook the address that the Git server tells of pushes; empty: none
 */
public record RepositoryPolicy(boolean managed, String webhook) implements Serializable {
    /** The name of the secret with which a Git server signs what it sends. */
    public static final String SECRET = "IMAAS_WEBHOOK_SECRET";

    public static final RepositoryPolicy USUAL = new RepositoryPolicy(true, "");
}
