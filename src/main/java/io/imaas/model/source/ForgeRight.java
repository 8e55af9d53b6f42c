package io.imaas.model.source;

import java.io.Serializable;

/**
 * Something that the orchestrator's login on a Git server must be able to do.
 *
 * @param purpose what it is for, such as {@code commit statuses}
 * @param held whether the server says that the login has it
 * @param name how the server calls it, such as {@code write:repository}: what an administrator gives
 * @param page where it is given
 */
public record ForgeRight(String purpose, boolean held, String name, String page) implements Serializable {
    /** For people: what is missing, and where to give it. */
    public String advice() {
        return purpose + " (" + name + ", at " + page + ")";
    }
}
