package io.imaas.jenkins.source;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.imaas.model.source.CommitId;
import java.util.Optional;
import jenkins.scm.api.SCMRevision;

/** The head of a pull request, as a branch source of a particular server keeps it. */
public interface ProposedCommit extends ExtensionPoint {
    Optional<CommitId> find(SCMRevision revision);

    static Optional<CommitId> of(SCMRevision revision) {
        return ExtensionList.lookup(ProposedCommit.class).stream()
                .flatMap(one -> one.find(revision).stream())
                .findFirst();
    }
}
