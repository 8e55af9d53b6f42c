package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Verification;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.util.List;
import java.util.stream.Stream;

/** What the platform asks after a plan's rollouts, before they count as healthy. */
record RolloutChecks(Platform platform) {
    /** The plan with a note on the checks of each environment that it rolls out to. */
    IntendedPlan told(IntendedPlan plan) {
        IntendedPlan told = plan;
        for (EnvironmentName environment : environments(plan.plan().steps()).toList()) {
            List<String> checks = platform.verify(environment).stream()
                    .map(Verification::shown)
                    .toList();
            told = checks.isEmpty()
                    ? told
                    : told.noting("in " + environment + " it is healthy when it is live and verified by "
                            + String.join(", ", checks));
        }
        return told;
    }

    /**
     * A door without a cluster can run no job.
     *
     * @throws FailureException INPUT before anything is done, instead of after the rollout
     */
    void requireNoJob(List<StepGroup> groups) {
        environments(groups.stream().flatMap(group -> group.steps().stream()))
                .forEach(environment -> platform.verify(environment).stream()
                        .filter(check -> check.job() != null)
                        .findFirst()
                        .ifPresent(check -> {
                            throw FailureException.input(
                                    "rollouts to " + environment + " are verified by the job '" + check.name()
                                            + "', and no cluster is named to run it in",
                                    "platform.yaml, verify",
                                    "give --kubernetes CONTEXT");
                        }));
    }

    private static Stream<EnvironmentName> environments(Stream<PlannedStep> steps) {
        return steps.filter(AwaitRollout.class::isInstance)
                .map(step -> ((AwaitRollout) step).environment())
                .distinct();
    }
}
