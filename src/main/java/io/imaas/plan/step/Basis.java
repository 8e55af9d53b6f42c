package io.imaas.plan.step;

import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.util.List;

/**
 * What a decision rests on: when its plan lands, it must still be so.
 *
 * @param head of the branch that is written to; null: whatever it holds
 * @param fits whether all that the tenant would run fits into its quota
 * @param records what gates read of the branch of records; null: nothing
 */
public record Basis(CommitId head, boolean fits, RecordsRead records) implements Serializable {
    /** Whatever else is so. */
    public static final Basis NOTHING = new Basis(null, false, null);

    /**
     * What gates read of the branch of records: when their plan lands, it must still be so.
     *
     * @param commit that counted; null where there was none
     * @param paths of files and folders, there or not
     */
    public record RecordsRead(CommitId commit, List<String> paths) implements Serializable {
        public RecordsRead {
            paths = List.copyOf(paths);
        }
    }
}
