package io.imaas.model.identity;

import java.io.Serial;
import java.io.Serializable;

/** A value that cannot be printed by accident: only {@link #reveal()} hands it over. */
public final class Secret implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself; call it only where it goes on the wire. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
