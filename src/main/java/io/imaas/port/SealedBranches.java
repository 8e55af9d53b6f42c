package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.util.Optional;

/** Branches that anybody may be able to push to, and of which only sealed commits count. */
public interface SealedBranches {
    /**
     * What a sealed branch says.
     *
     * @param counts the newest commit whose seal holds; null when there is none
     * @param tip what was pushed last, whoever did
     */
    record Sealed(CommitId counts, CommitId tip) {
        /** Whether somebody else pushed since. */
        public boolean covered() {
            return !tip.equals(counts);
        }
    }

    /**
     * The branch as it counts; empty when there is no such branch.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when a sealed commit that was here before is gone: somebody
     *     put the branch back to what it was earlier
     */
    Optional<Sealed> sealed(BranchName branch, Seal seal);
}
