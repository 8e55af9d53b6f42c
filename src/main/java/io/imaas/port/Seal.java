package io.imaas.port;

import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import java.time.Instant;
import java.util.List;

/**
 * Vouches for the commits of a branch that orchestrators alone write. Records are signed each by itself; only a seal over
 * all of them shows that none was taken away or put back as it was before.
 */
public interface Seal {
    /**
     * What is vouched for.
     *
     * @param tree all files of the commit
     * @param at the commit's time
     */
    record Content(TreeHash tree, List<CommitId> parents, Instant at) {
        public Content {
            parents = List.copyOf(parents);
        }
    }

    /** The seal of a commit that is about to be made, as one line. */
    String of(Content content);

    /** Whether that line was written by somebody who counts, and for exactly this. */
    boolean holds(String line, Content content);
}
