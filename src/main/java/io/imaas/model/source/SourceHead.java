package io.imaas.model.source;

import java.io.Serializable;

/** What of a service's repository a build is of. */
public sealed interface SourceHead extends Serializable {
    /** As Git names it, such as {@code refs/heads/dev}; of a pull request as GitHub does. */
    String ref();

    record Branch(BranchName name) implements SourceHead {
        @Override
        public String ref() {
            return "refs/heads/" + name;
        }
    }

    /**
     * @param target where it is to be merged
     * @param fork whether it comes from a repository that others may write to: nothing in it is trusted
     */
    record PullRequest(int number, BranchName target, boolean fork) implements SourceHead {
        @Override
        public String ref() {
            return "refs/pull/" + number + "/head";
        }
    }

    record Tag(String name) implements SourceHead {
        @Override
        public String ref() {
            return "refs/tags/" + name;
        }
    }
}
