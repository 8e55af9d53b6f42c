package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * How tenants' namespaces come to a login with which their images are pulled.
 *
 * @param name of the Secret in each namespace; empty: none is made
 * @param credential the name of the secret {@code user:password}; empty: an account of its own for each namespace
 * @param days how long such an account lives; it is renewed when a third of them is left
 */
public record PullPolicy(String name, String credential, int days) implements Serializable {
    public static final PullPolicy NONE = new PullPolicy("", "", 0);

    public boolean isOn() {
        return !name.isEmpty();
    }
}
