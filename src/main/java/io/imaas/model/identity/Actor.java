package io.imaas.model.identity;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who asks, and how that was proven.
 *
 * @param name as the audit log has it, such as {@code @ann}
 * @param roles the teams that the actor is of, as the door knows them, such as {@code @acme/release-managers}
 */
public record Actor(String name, Proof proof, List<String> roles) implements Serializable {
    public Actor {
        roles = List.copyOf(roles);
    }

    /** How a name was proven. */
    public enum Proof {
        /** Logged in to Jenkins. */
        JENKINS,
        /** A token of the company's identity provider. */
        OIDC,
        /** A token that this server's administrators gave out. */
        TOKEN,
        /** A signature by a key of the person. */
        SSH_SIGNATURE,
        /** An account of the Git server, which reviewed or merged a pull request there. */
        GIT_SERVER,
        /** The orchestrator itself, started by a push, a merge or a timer. */
        MACHINE,
        /** Nobody checked it: the person says so. */
        UNVERIFIED;

        /** Whether more than the person's own word says who they are. */
        public boolean ofPerson() {
            return this != UNVERIFIED && this != MACHINE;
        }

        /** As records and commits have it. */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Read back, from exactly that; empty for all else, such as a word with other letters that have the same capitals. */
        public static Optional<Proof> read(String written) {
            return Stream.of(values())
                    .filter(proof -> proof.written().equals(written))
                    .findFirst();
        }

        public String word() {
            return ofPerson() ? written().replace('_', ' ') : "self-asserted";
        }
    }

    /** Somebody who only says who they are. */
    public static Actor unverified(String name) {
        return new Actor(name, Proof.UNVERIFIED, List.of());
    }

    /** The orchestrator itself. */
    public static Actor machine(String name) {
        return new Actor(name, Proof.MACHINE, List.of());
    }

    /** Whether it was proven which person that is. */
    public boolean isPerson() {
        return proof.ofPerson();
    }

    /** Whether a name or a team stands for them; nobody's own name is that of a team. */
    public boolean is(String other) {
        return (!other.contains("/") && PersonName.surely(name, other))
                || roles.stream().anyMatch(role -> PersonName.surely(role, other));
    }

    @Override
    public String toString() {
        return name;
    }
}
