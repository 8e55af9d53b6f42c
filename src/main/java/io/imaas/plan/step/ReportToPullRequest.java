package io.imaas.plan.step;

import io.imaas.model.failure.Problem;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a pull request how it fared, in one comment that is rewritten each time, and as the commit's status.
 *
 * @param commit the pull request's head, where the status goes; null: there is a comment alone
 * @param marker hidden in the comment, by which it is found again
 * @param headline of the comment
 * @param preview Markdown: what a merge would do, as it was decided before
 * @param about the steps it tells of: id to title, in the order of the plan
 * @param build which build this is; a URL becomes a link
 * @param folders where in the repository the sources of these steps lie; of those that are missing: at its root
 * @param problems what was found before the plan was made; what its steps find is added
 * @param refusal what is wrong whatever the steps say, a few words; empty when nothing is
 */
public record ReportToPullRequest(
        String id,
        RepositoryUrl repository,
        int number,
        CommitId commit,
        String marker,
        String headline,
        String preview,
        Map<String, String> about,
        String build,
        String refusal,
        Map<String, String> folders,
        List<Problem> problems)
        implements PlannedStep {
    public ReportToPullRequest {
        folders = Map.copyOf(folders);
        problems = List.copyOf(problems);
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    }

    @Override
    public String title() {
        return (commit == null ? "Comment on the preview of" : "Report to") + " pull request #" + number;
    }

    /** The sources are good or bad whether or not people could be told. */
    @Override
    public boolean hardStop() {
        return false;
    }

    @Override
    public boolean always() {
        return true;
    }
}
