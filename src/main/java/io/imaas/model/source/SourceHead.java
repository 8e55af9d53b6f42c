package io.imaas.model.source;

import java.io.Serializable;

/** What of a service's repository a build is of. */
public sealed interface SourceHead extends Serializable {
    record Branch(BranchName name) implements SourceHead {}

    /**
     * @param target where it is to be merged
     * @param fork whether it comes from a repository that others may write to: nothing in it is trusted
     */
    record PullRequest(int number, BranchName target, boolean fork) implements SourceHead {}

    record Tag(String name) implements SourceHead {}
}
