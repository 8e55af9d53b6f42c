package io.imaas.plan.step;

import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.util.List;

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
