package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.util.List;
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

    /** The same for whoever has seen the branch before. */
    default Optional<Sealed> sealed(BranchName branch, Seal seal) {
        return sealed(branch, seal, List.of());
    }

    /**
     * The branch as it counts; empty when there is no such branch.
     *
     * @param named branches whose orchestrators' commits tell which commit of this one counted when they were made ({@link
     *     io.imaas.model.rollout.Trailers#RECORDS}); of each list the first one that is there, or,
     *     where this branch was never seen, all of them
     * @throws io.imaas.model.failure.FailureException POLICY when a sealed commit that was here before is gone: somebody
     *     put the branch back to what it was earlier
     */
    Optional<Sealed> sealed(BranchName branch, Seal seal, List<List<BranchName>> named);
}
