package io.imaas.plan.gate;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.snapshot.RenderFacts;

/** Open when the chart renders with the values that the service would have, its migration included. */
final class RenderGate implements Gate {
    @Override
    public Answer ask(Question question) {
        EnvironmentName environment = question.environment().name();
        RenderFacts render = question.snapshot().render(question.service()).orElse(null);
        if (render == null) {
            return Answer.notAsked();
        }
        if (knowsNoMigrations(question.candidate().source().migration(), render)) {
            return Answer.closed(
                    "the chart of " + environment + " knows no migrations: nothing would run the scripts"
                            + (render.problem().isEmpty() ? "" : " (" + render.problem() + ")"),
                    question.chart(question.environment().name()));
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

    /** One of before refuses the key; one that takes every key makes no Job of it. */
    private static boolean knowsNoMigrations(Migration coming, RenderFacts render) {
        return coming != null
                && (render.problem().isEmpty()
                        ? !render.manifests().all().isEmpty()
                                && render.manifests().all().stream()
                                        .noneMatch(each -> each.kind().equals("Job") && Migration.isRunBy(each.name()))
                        : render.problem().contains("'migration'"));
    }
}
