package io.imaas.port;

import io.imaas.model.source.RepositoryUrl;

/** A CI server whose jobs read repositories. */
@FunctionalInterface
public interface CiServer {
    /**
     * Tells that something in a repository changed, so that the jobs that read it look at once. The same notice twice
     * starts nothing twice.
     *
     * @throws io.imaas.model.failure.FailureException EXTERNAL when it can't be told now, INPUT when it does not take
     *     notices from us
     */
    void changed(RepositoryUrl repository);
}
