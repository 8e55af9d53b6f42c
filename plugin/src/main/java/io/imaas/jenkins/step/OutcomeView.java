package io.imaas.jenkins.step;

import io.imaas.model.rollout.Release;
import io.imaas.run.Outcome;
import io.imaas.run.StepOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a step returns to Groovy: maps, lists and texts. */
final class OutcomeView {
    private OutcomeView() {}

    static Map<String, Object> of(Outcome outcome) {
        Map<String, Object> view = new LinkedHashMap<>();
        outcome.handedOver().ifPresent(output -> fill(view, output));
        if (outcome instanceof Outcome.Skipped skipped) {
            view.put("skipped", skipped.reason());
        }
        if (outcome instanceof Outcome.Succeeded done) {
            view.put("warnings", done.warnings().size());
            view.put(
                    "effects",
                    new ArrayList<>(done.effects().stream()
                            .map(effect -> effect.kind() + " " + effect.type() + " " + effect.name())
                            .toList()));
        }
        return view;
    }

    private static void fill(Map<String, Object> view, StepOutput output) {
        if (output instanceof StepOutput.ArtifactBuilt built) {
            view.put("project", built.project().artifactId());
            view.put("version", built.project().version());
            view.put("car", built.car().path());
            view.put("sha256", built.car().sha256());
            view.put("builder", built.car().builder());
        } else if (output instanceof StepOutput.TestsReported tests) {
            view.put("verdict", tests.verdict());
            view.put("cases", tests.report().cases());
        } else if (output instanceof StepOutput.ImagePublished image) {
            fill(view, image.release());
        } else if (output instanceof StepOutput.ChangeLanded landed) {
            view.put("commit", landed.commit().value());
            if (landed.release() != null) {
                fill(view, landed.release());
            }
        } else if (output instanceof StepOutput.RolledOut rolled) {
            view.put("verdict", rolled.outcome().verdict().name().toLowerCase(Locale.ROOT));
            view.put("reasons", new ArrayList<>(rolled.outcome().reasons()));
        }
    }

    private static void fill(Map<String, Object> view, Release release) {
        view.put("image", release.image().toString());
        view.put("digest", release.image().digest().value());
        view.put("version", release.version());
    }
}
