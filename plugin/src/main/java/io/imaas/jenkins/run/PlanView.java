package io.imaas.jenkins.run;

import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** A plan as Groovy reads it: maps, lists and texts, nothing that a restart could not bring back. */
public final class PlanView {
    private PlanView() {}

    /** One plan as it is, or several as stages of one: a stage for each of them. */
    public static Map<String, Object> of(List<KeptPlan> plans) {
        if (plans.size() == 1) {
            return of(plans.get(0));
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", "");
        view.put("title", plans.isEmpty() ? "Nothing to do" : "Onboard " + plans.size() + " tenants");
        view.put(
                "intent",
                plans.isEmpty() ? "nothing" : word(plans.get(0).intended().intent()));
        view.put("tenant", "");
        view.put("services", new ArrayList<>());
        view.put(
                "summary",
                plans.isEmpty()
                        ? "there is nothing to do"
                        : plans.get(0).intended().summary());
        view.put("blocked", false);
        view.put("gates", new ArrayList<>());
        view.put("agent", false);
        view.put("pod", "");
        List<Object> stages = new ArrayList<>();
        plans.forEach(plan -> stages.addAll(whole(plan)));
        view.put("stages", stages);
        view.put("last", new ArrayList<>());
        return view;
    }

    /** A tenant's onboarding is one stage; anything else shows its own. */
    private static List<Object> whole(KeptPlan kept) {
        boolean onboarding = kept.plan().steps().allMatch(StepKind.ONBOARD::executes);
        if (!kept.intended().blocked() && !onboarding) {
            return stages(kept, group -> true);
        }
        return kept.intended().blocked()
                ? List.of(stage("Gates", step(kept, "imaasGates")))
                : List.of(stage(kept.plan().title(), step(kept, StepKind.ONBOARD.function())));
    }

    /** A step that is about the plan as a whole. */
    private static Map<String, Object> step(KeptPlan kept, String function) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("id", String.valueOf(kept.number()));
        step.put("run", function);
        step.put("title", kept.plan().title());
        step.put("skip", "");
        return step;
    }

    private static Map<String, Object> stage(String title, Map<String, Object> step) {
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("title", title);
        stage.put("where", "controller");
        stage.put("skip", "");
        stage.put("steps", new ArrayList<>(List.of(step)));
        return stage;
    }

    static Map<String, Object> of(KeptPlan kept) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", String.valueOf(kept.number()));
        view.put("title", kept.plan().title());
        view.put("intent", word(kept.intended().intent()));
        view.put("tenant", kept.tenant().map(tenant -> tenant.name().value()).orElse(""));
        view.put(
                "services",
                new ArrayList<>(kept.intended().services().stream()
                        .map(Object::toString)
                        .toList()));
        view.put("summary", kept.intended().summary());
        view.put("blocked", kept.intended().blocked());
        view.put(
                "gates",
                new ArrayList<>(kept.plan().gates().stream().map(PlanView::gate).toList()));
        boolean agent = kept.plan().steps().anyMatch(PlannedStep::needsSources);
        view.put("agent", agent);
        view.put("pod", agent ? Pods.forPlan(kept.plan()) : "");
        view.put("stages", stages(kept, group -> !toldAtTheEnd(group)));
        List<Object> last = stages(kept, PlanView::toldAtTheEnd);
        if (!kept.intended().blocked() && !kept.plan().refusals().isEmpty()) {
            last.add(stage("Gates", step(kept, "imaasGates")));
        }
        view.put("last", last);
        return view;
    }

    static String word(Intent intent) {
        return intent.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> gate(GateAnswer gate) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("subject", gate.subject());
        view.put("name", gate.gate());
        view.put("open", !gate.closed());
        view.put("sentence", gate.found());
        view.put("opensWhen", gate.opening());
        return view;
    }

    /** Runs also after a failure, since it tells people of it. */
    private static boolean toldAtTheEnd(StepGroup group) {
        return group.steps().stream().allMatch(PlannedStep::always);
    }

    private static List<Object> stages(KeptPlan kept, Predicate<StepGroup> wanted) {
        List<Object> stages = new ArrayList<>();
        for (StepGroup group : kept.plan().groups().stream().filter(wanted).toList()) {
            List<Object> steps = new ArrayList<>();
            group.steps().forEach(step -> steps.add(step(kept, step)));
            boolean agent = group.steps().stream().anyMatch(PlannedStep::needsSources);
            boolean skip = group.steps().stream().allMatch(NotNeeded.class::isInstance);
            Map<String, Object> stage = new LinkedHashMap<>();
            stage.put("title", group.title());
            stage.put("where", agent ? "agent" : "controller");
            stage.put(
                    "skip",
                    skip && !group.steps().isEmpty() ? reason(group.steps().get(0)) : "");
            stage.put("steps", steps);
            if (!steps.isEmpty()) {
                stages.add(stage);
            }
        }
        return stages;
    }

    private static Map<String, Object> step(KeptPlan kept, PlannedStep step) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", kept.idOf(step));
        view.put("run", StepKind.of(step).function());
        view.put("title", step.title());
        view.put("skip", reason(step));
        return view;
    }

    private static String reason(PlannedStep step) {
        return step instanceof NotNeeded notNeeded ? notNeeded.reason() : "";
    }
}
