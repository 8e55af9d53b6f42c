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

/** What came of onboarding one tenant, or what a dry run says would come of it. */
public record Onboarded(TenantName tenant, RunReport report, RunResult result) {
    /** Several services share one project; it is told once, as the first of them found it. */
    public List<Effect> effects() {
        Map<String, Effect> effects = new LinkedHashMap<>();
        report.steps().stream()
                .flatMap(step -> step.effects().stream())
                .forEach(effect -> effects.merge(
                        effect.type() + " " + effect.name(),
                        effect,
                        (first, later) ->
                                first.isChange() && later.kind() != Effect.Kind.DELETED ? first : later));
        return List.copyOf(effects.values());
    }

    public List<Problem> problems() {
        return report.steps().stream().flatMap(step -> step.problems().stream()).toList();
    }

    public List<Failure> failures() {
        return report.failures();
    }
}
