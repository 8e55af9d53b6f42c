package io.imaas.report;

import io.imaas.plan.Plan;
import io.imaas.run.RunResult;
import io.imaas.run.StepOutput;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came of a run, for programs. */
public final class RunJson {
    private RunJson() {}

    public static Map<String, Object> of(Plan plan, RunResult result) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("title", plan.title());
        told.put("status", result.status());
        told.put("gates", plan.gates());
        told.put("failures", result.failures());
        result.outputs().values().forEach(output -> {
            if (output instanceof StepOutput.ChangeLanded landed) {
                told.put("commit", landed.commit());
            }
            if (output instanceof StepOutput.RolledOut rolled) {
                told.put("rollout", rolled.outcome());
            }
        });
        return told;
    }
}
