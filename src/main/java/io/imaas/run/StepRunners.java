package io.imaas.run;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.Undo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Finds the runner of a step by the step's type, and where the step says where it is done, by that. */
public final class StepRunners {
    private final Map<Class<?>, StepRunner<?>> byKind = new HashMap<>();
    private final Map<EnvironmentName, Supplier<StepRunners>> elsewhere = new HashMap<>();

    public StepRunners(List<? extends StepRunner<?>> runners) {
        for (StepRunner<?> runner : runners) {
            if (byKind.put(runner.kind(), runner) != null) {
                throw new IllegalArgumentException("two runners for " + runner.kind());
            }
        }
    }

    /** The same, where others do the steps in one environment; these are made when one is wanted. */
    public StepRunners in(EnvironmentName environment, Supplier<StepRunners> others) {
        StepRunners all = new StepRunners(List.copyOf(byKind.values()));
        all.elsewhere.putAll(elsewhere);
        all.elsewhere.put(environment, others);
        return all;
    }

    public Outcome run(PlannedStep step, StepContext context) {
        return step instanceof Undo undo
                ? undo(find(undo.step()), undo.step(), context)
                : run(find(step), step, context);
    }

    /** @throws FailureException for the first step that lacks something: see {@link StepRunner#require} */
    public void require(List<? extends PlannedStep> steps) {
        steps.forEach(step -> require(find(step), step));
    }

    private static <S extends PlannedStep> void require(StepRunner<S> runner, PlannedStep step) {
        runner.require(runner.kind().cast(step));
    }

    private StepRunner<?> find(PlannedStep step) {
        Supplier<StepRunners> others = step.environment() == null ? null : elsewhere.get(step.environment());
        if (others != null) {
            return others.get().find(step);
        }
        StepRunner<?> runner = byKind.get(step.getClass());
        if (runner == null) {
            throw FailureException.defect("no runner for " + step.getClass().getSimpleName(), null);
        }
        return runner;
    }

    private static <S extends PlannedStep> Outcome run(StepRunner<S> runner, PlannedStep step, StepContext context) {
        return runner.run(runner.kind().cast(step), context);
    }

    private static <S extends PlannedStep> Outcome undo(StepRunner<S> runner, PlannedStep step, StepContext context) {
        Outcome ended = context.outcome(step.id()).orElseThrow();
        return runner.undo(runner.kind().cast(step), ended, context);
    }
}
