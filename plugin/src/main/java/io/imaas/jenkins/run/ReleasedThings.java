package io.imaas.jenkins.run;

import io.imaas.model.CommitId;
import io.imaas.model.Release;
import io.imaas.plan.CommitRelease;
import io.imaas.plan.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
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
    public record Released(
            String service, String version, String digest, String image, String source, String change) {}

    private final Map<String, Released> found = new LinkedHashMap<>();

    static List<Released> of(KeptPlan plan, List<Event> events) {
        ReleasedThings things = new ReleasedThings();
        plan.plan().steps().forEach(things::planned);
        for (Event event : events) {
            if (event instanceof Event.StepEnded ended) {
                things.done(ended.outcome());
            }
        }
        return new ArrayList<>(things.found.values());
    }

    private void planned(PlannedStep step) {
        if (step instanceof CommitRelease commit && commit.release() != null) {
            put(commit.release(), null);
        }
    }

    private void done(Outcome outcome) {
        StepOutput output = outcome.handedOver().orElse(null);
        if (output instanceof StepOutput.ImagePublished image) {
            put(image.release(), null);
        } else if (output instanceof StepOutput.ChangeLanded landed && landed.release() != null) {
            put(landed.release(), landed.commit());
        }
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
