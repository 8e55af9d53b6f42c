package io.imaas.model.request;

import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.SourceHead;
import java.io.Serializable;

/**
 * Something happened in a service's repository.
 *
 * @param commit the very commit that is built, as the door verified it; of a pull request its own head, for that is
 *     where a commit status goes
 * @param build which build this is, as the door names it; a URL where there is one
 */
public record SourceChange(RepositoryUrl repository, CommitId commit, SourceHead head, String build)
        implements Serializable {}
