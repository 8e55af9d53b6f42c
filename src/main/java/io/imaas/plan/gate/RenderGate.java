package io.imaas.plan.gate;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.snapshot.RenderFacts;

/** Open when the chart renders with the values that the service would have. */
final class RenderGate implements Gate {
    @Override
    public Answer ask(Question question) {
        EnvironmentName environment = question.environment().name();
        RenderFacts render = question.snapshot().render(question.service()).orElse(null);
        if (render == null) {
            return Answer.notAsked();
        }
        return render.problem().isEmpty()
                ? Answer.open(render.diff().size() + " lines change in the manifests")
                : Answer.closed(
                        render.problem(),
                        "fix " + GitOpsPaths.environment(question.service(), environment) + " or "
                                + GitOpsPaths.values(question.service()) + " on branch " + environment
                                + (question.occasion() == Occasion.CHART
                                        ? ", or name another chart in platform.yaml"
                                        : ", or name the chart that they are for with --chart-folder"));
    }
}
