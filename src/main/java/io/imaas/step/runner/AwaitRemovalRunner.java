package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks whether what is being deleted is gone. Only an answer that says so counts; a read that fails is a failure. */
public record AwaitRemovalRunner(Tenant tenant, Deployments deployments, Cluster cluster, Clock clock)
        implements StepRunner<AwaitRemoval> {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** What is not gone by then is held by a finalizer that a person has to look at. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @Override
    public Outcome run(AwaitRemoval step, StepContext context) {
        List<String> there = Stream.concat(applications(step), spaces(step)).toList();
        if (there.isEmpty()) {
            return Outcome.done(null, List.of());
        }
        String reason = there.get(0) + (there.size() == 1 ? "" : ", and " + (there.size() - 1) + " more");
        Instant now = clock.now();
        boolean over = context.startedAt()
                .filter(begun -> now.isAfter(begun.plus(LIMIT)))
                .isPresent();
        return over
                ? Outcome.failed(new Failure(
                        FailureKind.FAILED,
                        "after " + LIMIT.toMinutes() + " minutes it is not gone: " + reason,
                        tenant.name().value(),
                        "see which finalizer holds it ('kubectl describe'), and run the onboarding again"))
                : new Outcome.Waiting(reason, LOOK);
    }

    private Stream<String> applications(AwaitRemoval step) {
        return step.applications().stream()
                .map(one -> deployments.remaining(tenant, tenant.requiredService(one.service()), one.environment()))
                .flatMap(Optional::stream);
    }

    private Stream<String> spaces(AwaitRemoval step) {
        return step.spaces().stream()
                .map(one -> tenant.namespace(one.environment()))
                .filter(namespace ->
                        cluster.get("v1", "Namespace", "", namespace).isPresent())
                .map(namespace -> "namespace " + namespace + " is being deleted");
    }
}
