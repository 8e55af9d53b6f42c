package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.Deployment;
import io.imaas.port.PullRequests.State;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows a rollout, and shows on the server of the service's sources where their commit is about to run, runs, or does not.
 * That it can't be shown is told in the step's log, and changes nothing.
 *
 * @param rollout does the step
 * @param pullRequests of a repository; empty where its server shows nothing
 */
public record ShownRolloutRunner(
        Tenant tenant, StepRunner<AwaitRollout> rollout, Function<RepositoryUrl, Optional<PullRequests>> pullRequests)
        implements StepRunner<AwaitRollout> {
    @Override
    public Outcome run(AwaitRollout step, StepContext context) {
        Shown shown = context.kept(Shown.class, Shown::new);
        if (!shown.begun) {
            shown.begun = true;
            show(step, context, State.PENDING, "rolls out");
        }
        Outcome outcome = rollout.run(step, context);
        if (outcome instanceof Outcome.Succeeded) {
            show(step, context, State.SUCCESS, "live and healthy");
        } else if (outcome instanceof Outcome.Failed failed) {
            show(step, context, State.FAILURE, failed.failure().what());
        }
        return outcome;
    }

    /** Whether the begin was shown, from one attempt to the next. */
    private static final class Shown {
        private boolean begun;
    }

    private void show(AwaitRollout step, StepContext context, State state, String words) {
        CommitId source = source(step, context);
        if (source == null) {
            return;
        }
        RepositoryUrl repository = tenant.service(step.service()).orElseThrow().repository();
        try {
            pullRequests
                    .apply(repository)
                    .ifPresent(server -> server.deployed(new Deployment(
                            source,
                            tenant.name() + "/" + step.environment() + "/" + step.service(),
                            state,
                            words,
                            "")));
        } catch (FailureException e) {
            context.log(
                    state.name().toLowerCase(Locale.ROOT) + " can't be shown on " + repository + ": " + e.getMessage());
        }
    }

    /** Null where this run did not bring the release, or nobody knows what it was built from. */
    private static CommitId source(AwaitRollout step, StepContext context) {
        if (step.change().isEmpty()) {
            return null;
        }
        Release release =
                context.output(step.change(), StepOutput.ChangeLanded.class).release();
        return release == null ? null : release.source();
    }
}
