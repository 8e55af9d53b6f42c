package io.imaas.report;

import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.StepOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which releases a plan is about, as far as that is known. */
public final class ReleasedThings {
    /**
     * A release.
     *
     * @param source the commit it was made of, or empty
     * @param change the commit of the GitOps repository that releases it, or empty
     */
    public record Released(String service, String version, String digest, String image, String source, String change) {}

    private final Map<String, Released> found = new LinkedHashMap<>();
    private final List<AwaitRollout> rollouts = new ArrayList<>();

    /** In the order in which they became known: what a build brings comes after what runs. */
    public static List<Released> of(Plan plan, List<Event> events) {
        ReleasedThings things = new ReleasedThings();
        plan.steps()
                .filter(step -> step instanceof AwaitRollout rollout && rollout.image() != null)
                .forEach(step -> things.rollouts.add((AwaitRollout) step));
        plan.steps().forEach(things::planned);
        for (Event event : events) {
            if (event instanceof Event.StepEnded ended) {
                things.done(ended);
            }
        }
        return new ArrayList<>(things.found.values());
    }

    private void planned(PlannedStep step) {
        if (step instanceof CommitRelease commit && commit.release() != null) {
            put(commit.release(), null);
        } else if (step instanceof CommitFiles files) {
            files.releases().forEach(release -> put(release, null));
        } else if (step instanceof AwaitRollout rollout && rollout.image() != null) {
            awaited(rollout, rollout.commit());
        }
    }

    private void done(Event.StepEnded ended) {
        StepOutput output = ended.outcome().handedOver().orElse(null);
        if (output instanceof StepOutput.ImagePublished image) {
            put(image.release(), null);
        } else if (output instanceof StepOutput.ChangeLanded landed && landed.release() != null) {
            put(landed.release(), landed.commit());
        } else if (output instanceof StepOutput.ChangeLanded landed) {
            rollouts.stream()
                    .filter(rollout -> rollout.change().equals(ended.step().id()))
                    .forEach(rollout -> awaited(rollout, landed.commit()));
        }
    }

    /** A change of files, such as a merge, does not say which releases it brings: the rollouts that wait for it do. */
    private void awaited(AwaitRollout rollout, CommitId change) {
        Released known = found.get(rollout.image().toString());
        found.put(
                rollout.image().toString(),
                new Released(
                        rollout.service().value(),
                        known == null ? "" : known.version(),
                        rollout.image().digest().abbreviated(),
                        rollout.image().toString(),
                        known == null ? "" : known.source(),
                        change == null ? "" : change.abbreviated()));
    }

    private void put(Release release, CommitId change) {
        found.put(
                release.image().toString(),
                new Released(
                        release.service().value(),
                        release.version(),
                        release.image().digest().abbreviated(),
                        release.image().toString(),
                        release.source() == null ? "" : release.source().abbreviated(),
                        change == null ? "" : change.abbreviated()));
    }
}
