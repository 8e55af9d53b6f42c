package io.imaas.vars;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds what {@code imaasPlan} returns, see the table in docs/jenkins.md. */
final class PlanMap {
    private final LinkedHashMap<String, Object> plan = new LinkedHashMap<>();
    private final ArrayList<Map<String, Object>> stages = new ArrayList<>();
    private final ArrayList<Map<String, Object>> last = new ArrayList<>();

    private PlanMap(String intent, String summary) {
        plan.put("id", "1");
        plan.put("title", summary);
        plan.put("intent", intent);
        plan.put("tenant", "orders");
        plan.put("services", new ArrayList<>(List.of("order-api")));
        plan.put("summary", summary);
        plan.put("blocked", false);
        plan.put("gates", new ArrayList<>());
        plan.put("agent", false);
        plan.put("pod", "mi-build");
        plan.put("namespace", "");
        plan.put("images", Map.of("maven", "maven:3.9-eclipse-temurin-21", "mi", "wso2/wso2mi:4.4.0"));
        plan.put("mavenCache", "");
        plan.put("stages", stages);
        plan.put("last", last);
    }

    static PlanMap of(String intent, String summary) {
        return new PlanMap(intent, summary);
    }

    PlanMap with(String key, Object value) {
        plan.put(key, value);
        return this;
    }

    PlanMap blocked() {
        return with("blocked", true);
    }

    /** A stage that needs the sources, of one step: {@code step("build", "imaasBuild", "Build order-api")}. */
    PlanMap agent(String title, Step... steps) {
        plan.put("agent", true);
        return stage("agent", title, "", steps);
    }

    PlanMap controller(String title, Step... steps) {
        return stage("controller", title, "", steps);
    }

    /** A stage that runs also after a failure. */
    PlanMap last(String title, Step... steps) {
        return stage(last, "controller", title, "", steps);
    }

    /** A stage all of whose steps are not needed. */
    PlanMap skipped(String where, String title, String reason) {
        return stage(where, title, reason, new Step("skip-" + stages.size(), "imaasSkip", title, reason));
    }

    private PlanMap stage(String where, String title, String skip, Step... steps) {
        return stage(stages, where, title, skip, steps);
    }

    private PlanMap stage(List<Map<String, Object>> into, String where, String title, String skip, Step... steps) {
        LinkedHashMap<String, Object> stage = new LinkedHashMap<>();
        stage.put("title", title);
        stage.put("where", where);
        stage.put("skip", skip);
        ArrayList<Map<String, Object>> planned = new ArrayList<>();
        for (Step step : steps) {
            planned.add(step.map());
        }
        stage.put("steps", planned);
        into.add(stage);
        return this;
    }

    Map<String, Object> map() {
        return plan;
    }

    record Step(String id, String run, String title, String skip) {
        static Step of(String id, String run, String title) {
            return new Step(id, run, title, "");
        }

        private Map<String, Object> map() {
            LinkedHashMap<String, Object> map = new LinkedHashMap<>();
            map.put("id", "1/" + id);
            map.put("run", run);
            map.put("title", title);
            map.put("skip", skip);
            return map;
        }
    }
}
