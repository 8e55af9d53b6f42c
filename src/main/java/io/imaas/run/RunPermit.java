package io.imaas.run;

import java.util.Optional;

/** What a run needs before it begins, and gives back when it is over. */
public interface RunPermit {
    /**
     * Tries to get it; seconds at the most.
     *
     * @return empty: the run may begin; otherwise what it waits for, for people
     * @throws io.imaas.model.failure.FailureException when waiting would not help
     */
    Optional<String> ask();

    /** The run is over. */
    void giveBack();
}
