package io.imaas.model.identity;

import java.io.Serializable;
import java.util.List;

/**
 * A person as an identity provider names them.
 *
 * @param name such as {@code ann} or {@code ann@example.org}; never that of a team
 * @param groups as the provider calls them
 */
public record Identity(String name, List<String> groups) implements Serializable {
    public Identity {
        groups = List.copyOf(groups);
    }

    /** The same as gates and the audit log know them. */
    public Actor actor(List<String> teams) {
        return new Actor("@" + name, Actor.Proof.OIDC, teams);
    }
}
