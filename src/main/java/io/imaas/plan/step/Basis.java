package io.imaas.plan.step;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What a decision rests on: when its plan lands, it must still be so.
 *
 * @param head of the branch that is written to; null: whatever it holds
 * @param fits whether all that the tenant would run fits into its quota
 * @param records what gates read of the branch of records; null: nothing
 * @param charted environments that have the chart that the plan brings
 */
public record Basis(CommitId head, boolean fits, RecordsRead records, List<EnvironmentName> charted)
        implements Serializable {
    /** Whatever else is so. */
    public static final Basis NOTHING = new Basis(null, false, null);

    public Basis {
        charted = List.copyOf(charted);
    }

    /** Of a plan that brings no chart. */
    public Basis(CommitId head, boolean fits, RecordsRead records) {
        this(head, fits, records, List.of());
    }

    /**
     * What gates read of the branch of records: when their plan lands, it must still be so.
     *
     * @param commit that counted; null where there was none
     * @param paths of files and folders, there or not
     * @param own files in them that the plan itself writes before that
     */
    public record RecordsRead(CommitId commit, List<String> paths, Set<String> own) implements Serializable {
        public RecordsRead {
            paths = List.copyOf(paths);
            own = Set.copyOf(own);
        }

        /** None of them is the plan's own. */
        public RecordsRead(CommitId commit, List<String> paths) {
            this(commit, paths, Set.of());
        }

        /** The same, where an earlier step of the plan writes some files. */
        public RecordsRead writing(Set<String> files) {
            return new RecordsRead(commit, paths, files);
        }
    }
}
