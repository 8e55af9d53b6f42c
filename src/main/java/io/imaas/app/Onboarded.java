package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.RunReport;
import io.imaas.run.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What came of onboarding one tenant, or what a dry run says would come of it. */
public record Onboarded(TenantName tenant, RunReport report, RunResult result) {
    /** What is different now. Several services share one project; it is told once, as the first of them found it. */
    public List<Effect> effects() {
        Map<String, Effect> effects = new LinkedHashMap<>();
        steps(false)
                .forEach(effect -> effects.merge(
                        effect.type() + " " + effect.name(),
                        effect,
                        (first, later) -> first.isChange() ? first : later));
        takenBack().forEach(effect -> effects.remove(effect.type() + " " + effect.name()));
        return List.copyOf(effects.values());
    }

    /** What was done and undone, because the run could not be finished. */
    public List<Effect> takenBack() {
        return steps(true).toList();
    }

    private Stream<Effect> steps(boolean undone) {
        return report.steps().stream().filter(step -> step.isUndo() == undone).flatMap(step -> step.effects().stream());
    }

    /** Each once: what holds for the whole cluster is found in each environment. */
    public List<Problem> problems() {
        return report.steps().stream()
                .flatMap(step -> step.problems().stream())
                .distinct()
                .toList();
    }

    public List<Failure> failures() {
        return report.failures();
    }
}
