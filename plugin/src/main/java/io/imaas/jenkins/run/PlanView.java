package io.imaas.jenkins.run;

import io.imaas.app.IntendedPlan;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A plan as Groovy reads it, by {@link Json#map}: maps, lists and texts, nothing that a restart could not bring back.
 *
 * @param id the plan's number; empty for several plans at once
 * @param agent whether a step needs the sources
 * @param pod the template of an agent for it; empty for any
 * @param namespace where that pod runs; empty for the cloud's own
 * @param images of that pod's containers
 * @param mavenCache the tenant's claim for Maven's local repository, or empty
 * @param last what runs also after a failure, since it tells people of it
 */
public record PlanView(
        String id,
        String title,
        String intent,
        String tenant,
        List<String> services,
        String summary,
        boolean blocked,
        List<GateView> gates,
        boolean agent,
        String pod,
        String namespace,
        Map<String, String> images,
        String mavenCache,
        List<Stage> stages,
        List<Stage> last) {
    public record GateView(String subject, String name, boolean open, String sentence, String opensWhen) {}

    /**
     * A stage of the build.
     *
     * @param where {@code agent} or {@code controller}
     * @param skip why it is not needed; empty when it is
     */
    public record Stage(String title, String where, String skip, List<StepView> steps) {}

    /** @param run the Pipeline step that executes it */
    public record StepView(String id, String run, String title, String skip) {}

    /** One plan as it is, or several as stages of one: a stage for each of them. */
    public static Map<String, Object> of(List<KeptPlan> plans) {
        if (plans.size() == 1) {
            return of(plans.get(0));
        }
        IntendedPlan first = plans.isEmpty() ? null : plans.get(0).intended();
        String title = first == null ? "Nothing to do" : "Onboard " + plans.size() + " tenants";
        return Json.map(new PlanView(
                "",
                title,
                first == null ? "nothing" : word(first.intent()),
                "",
                List.of(),
                title,
                false,
                List.of(),
                false,
                "",
                "",
                Map.of(),
                "",
                plans.stream().flatMap(plan -> whole(plan).stream()).toList(),
                List.of()));
    }

    /** A tenant's onboarding is one stage; anything else shows its own. */
    private static List<Stage> whole(KeptPlan kept) {
        boolean onboarding = kept.plan().steps().allMatch(StepKind.ONBOARD::executes);
        if (kept.intended().blocked()) {
            return List.of(stage(kept, "Gates", "imaasGates"));
        }
        return onboarding
                ? List.of(stage(kept, kept.plan().title(), StepKind.ONBOARD.function()))
                : stages(kept, group -> true);
    }

    /** A stage of one step that is about the plan as a whole. */
    private static Stage stage(KeptPlan kept, String title, String function) {
        StepView step = new StepView(
                String.valueOf(kept.number()), function, kept.plan().title(), "");
        return new Stage(title, "controller", "", List.of(step));
    }

    static Map<String, Object> of(KeptPlan kept) {
        IntendedPlan intended = kept.intended();
        boolean agent = kept.plan().steps().anyMatch(PlannedStep::needsSources);
        List<Stage> last = new ArrayList<>(stages(kept, PlanView::toldAtTheEnd));
        if (!intended.blocked() && !kept.plan().refusals().isEmpty()) {
            last.add(stage(kept, "Gates", "imaasGates"));
        }
        String tenant = kept.tenant().map(of -> of.name().value()).orElse("");
        Pods pod = agent ? Pods.forPlan(kept.plan(), tenant) : Pods.NONE;
        return Json.map(new PlanView(
                String.valueOf(kept.number()),
                kept.plan().title(),
                word(intended.intent()),
                tenant,
                intended.services().stream().map(ServiceName::value).toList(),
                intended.summary(),
                intended.blocked(),
                kept.plan().gates().stream().map(PlanView::gate).toList(),
                agent,
                pod.template(),
                pod.namespace(),
                pod.images(),
                pod.mavenCache(),
                stages(kept, group -> !toldAtTheEnd(group)),
                last));
    }

    private static String word(Intent intent) {
        return intent.name().toLowerCase(Locale.ROOT);
    }

    private static GateView gate(GateAnswer gate) {
        return new GateView(
                gate.subject(), gate.gate(), !gate.closed(), gate.found(), Advice.inJenkins(gate.opening()));
    }

    private static boolean toldAtTheEnd(StepGroup group) {
        return group.steps().stream().allMatch(PlannedStep::always);
    }

    private static List<Stage> stages(KeptPlan kept, Predicate<StepGroup> wanted) {
        return kept.plan().groups().stream()
                .filter(group -> wanted.test(group) && !group.steps().isEmpty())
                .map(group -> stage(kept, group))
                .toList();
    }

    private static Stage stage(KeptPlan kept, StepGroup group) {
        boolean agent = group.steps().stream().anyMatch(PlannedStep::needsSources);
        boolean skip = group.steps().stream().allMatch(NotNeeded.class::isInstance);
        return new Stage(
                group.title(),
                agent ? "agent" : "controller",
                skip ? reason(group.steps().get(0)) : "",
                group.steps().stream()
                        .map(step ->
                                new StepView(kept.idOf(step), StepKind.of(step).function(), step.title(), reason(step)))
                        .toList());
    }

    private static String reason(PlannedStep step) {
        return step instanceof NotNeeded notNeeded ? notNeeded.reason() : "";
    }
}
