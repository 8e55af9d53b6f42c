package io.imaas.port;

import io.imaas.model.source.ExistingJob;
import java.util.List;

/** Jobs that somebody made on a CI server before the platform. */
@FunctionalInterface
public interface ExistingJobs {
    /**
     * All of them, folders left out, in the order of their names.
     *
     * @throws io.imaas.model.failure.FailureException INPUT with the place of what can't be read
     */
    List<ExistingJob> all();
}
