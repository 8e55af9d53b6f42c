package io.imaas.run;

import io.imaas.model.image.ScanReport;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.ImageContents;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import java.io.Serializable;
import java.util.Map;

/** What a step hands to later ones. */
public sealed interface StepOutput extends Serializable {
    /** A CAR and the project it was made of. */
    record ArtifactBuilt(MiProject project, CarFile car) implements StepOutput {}

    /** @param verdict {@code passed}, {@code none} or {@code not-run}: kept with the image */
    record TestsReported(TestReport report, String verdict) implements StepOutput {}

    /**
     * An image in the registry.
     *
     * @param contents what is in it; null where nobody looked
     * @param scan what a scanner found in it, signed by nobody yet; null where none was asked
     */
    record ImagePublished(Release release, long bytesPushed, ImageContents contents, ScanReport scan)
            implements StepOutput {}

    /**
     * @param release what the change releases, or null when it releases nothing
     * @param rendered the commit with the manifests, or null where the deployment server renders
     */
    record ChangeLanded(CommitId commit, Release release, CommitId rendered) implements StepOutput {
        public ChangeLanded(CommitId commit, Release release) {
            this(commit, release, null);
        }
    }

    /** Which commits branches got; those that were as they should be are left out. */
    record BranchesLanded(Map<BranchName, CommitId> commits) implements StepOutput {
        public BranchesLanded {
            commits = Map.copyOf(commits);
        }
    }

    record RolledOut(RolloutOutcome outcome) implements StepOutput {}
}
