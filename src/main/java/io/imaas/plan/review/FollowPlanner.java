package io.imaas.plan.review;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateCalls;
import io.imaas.plan.snapshot.LatestChange;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decides which rollouts are to be followed after somebody changed an environment's branch. */
public record FollowPlanner(Tenant tenant, Duration rolloutTimeout) implements Serializable {
    /**
     * The verdict, and then the rollout of whatever nobody saw live yet. What the verdict takes back is not awaited: the
     * commit that does it is followed as the next change.
     *
     * @param rendered the commit with the manifests of the environment; null where the deployment server renders
     */
    public Plan plan(Plan verdict, EnvironmentName environment, List<LatestChange> changes, CommitId rendered) {
        List<PlannedStep> rollouts = new ArrayList<>();
        for (LatestChange change : changes) {
            String id = "rollout-" + change.release().service();
            if (takenBack(verdict, change) || leftOut(verdict, change)) {
                continue;
            }
            rollouts.add(
                    change.live()
                            ? new NotNeeded(
                                    id,
                                    "Roll out " + change.release().service() + " to " + environment,
                                    change.release().version() + " was seen healthy at "
                                            + change.health().commit().abbreviated())
                            : new AwaitRollout(
                                    id,
                                    tenant.name(),
                                    change.release().service(),
                                    environment,
                                    renders(verdict, change) ? DirectChangeReview.RENDER : "",
                                    change.commit(),
                                    renders(verdict, change) ? null : rendered,
                                    change.release().image(),
                                    rolloutTimeout));
        }
        List<StepGroup> groups = new ArrayList<>(verdict.groups());
        List<StepGroup> last = groups.stream().filter(GateCalls::isClosing).toList();
        groups.removeAll(last);
        if (!rollouts.isEmpty()) {
            groups.add(new StepGroup("Roll out to " + environment, rollouts));
        }
        groups.addAll(last);
        return verdict.with(groups);
    }

    private static boolean renders(Plan verdict, LatestChange change) {
        return verdict.steps()
                .filter(CommitFiles.class::isInstance)
                .filter(step -> step.id().equals(DirectChangeReview.RENDER))
                .anyMatch(step -> ((CommitFiles) step)
                        .manifests()
                        .containsKey(change.release().service()));
    }

    /** What a gate refused does not come, so nobody waits for it. */
    private static boolean leftOut(Plan verdict, LatestChange change) {
        return verdict.gates().stream().filter(GateAnswer::flagged).anyMatch(gate -> gate.services()
                .contains(change.release().service()));
    }

    private static boolean takenBack(Plan verdict, LatestChange change) {
        String folder = GitOpsPaths.folder(change.release().service()) + "/";
        return verdict.steps()
                .filter(CommitFiles.class::isInstance)
                .flatMap(step -> ((CommitFiles) step).files().keySet().stream())
                .anyMatch(path -> path.startsWith(folder));
    }
}
