package io.imaas.adapter.git;

import io.imaas.model.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/** Somebody who waits for a Git server and wonders what happens. */
public interface Onlooker {
    /** Takes a server's fault when it begins to be waited out. */
    void waiting(Failure trouble);

    /** Takes the one line that says how far a long transfer is, and an empty one when it is over; empty for nobody. */
    default Optional<Consumer<String>> transfers() {
        return Optional.empty();
    }
}
