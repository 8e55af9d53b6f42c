package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Platform;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.StepGroup;
import java.util.List;

/** The jobs that verify rollouts: a door without a cluster can run none. */
final class VerifyingJobs {
    private VerifyingJobs() {}

    /** @throws FailureException INPUT before anything is done, instead of after the rollout */
    static void require(Platform platform, List<StepGroup> groups) {
        groups.stream()
                .flatMap(group -> group.steps().stream())
                .filter(AwaitRollout.class::isInstance)
                .map(step -> ((AwaitRollout) step).environment())
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
}
