package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.PastedCommand;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.record.HealthLedger;
import java.time.Duration;
import java.util.List;

/**
 * Looks where a rollout stands, and records the health it ended with.
 *
 * @param verifier what is live is asked about before it is recorded as healthy
 */
public record AwaitRolloutRunner(
        Tenant tenant, Deployments deployments, HealthLedger ledger, AutoRollback rollback, Verifier verifier)
        implements StepRunner<AwaitRollout> {
    /** A look is one at a map; doors with many rollouts are woken instead. */
    private static final Duration POLL = Duration.ofMillis(100);

    @Override
    public Outcome run(AwaitRollout step, StepContext context) {
        Verified verified = context.kept(Verified.class, Verified::new);
        RolloutTarget target = verified.progress == null ? target(tenant, step, context) : verified.progress.target();
        RolloutStatus status = verified.progress == null || verified.passed != null
                ? deployments.follow(target)
                : verifier.look(verified.progress);
        if (verified.progress == null
                && status instanceof RolloutStatus.Ended ended
                && ended.outcome().verdict() == RolloutOutcome.Verdict.LIVE
                && verifier.asksAbout(target)) {
            verified.progress = verifier.begin(target, ended.outcome());
            status = verifier.look(verified.progress);
        }
        if (verified.progress != null && status instanceof RolloutStatus.Ended ended) {
            status = verified.confirmed(ended, deployments);
        }
        if (status instanceof RolloutStatus.InProgress progress) {
            Duration pause =
                    verified.progress == null || verified.passed != null ? POLL : verifier.pause(verified.progress);
            return new Outcome.Waiting(progress.phase() + ": " + progress.waitingFor(), pause, progress);
        }
        RolloutOutcome outcome = ((RolloutStatus.Ended) status).outcome();
        return switch (outcome.verdict()) {
            case LIVE ->
                Outcome.done(
                        new StepOutput.RolledOut(outcome),
                        List.of(record(step, target, outcome, HealthRecord.Status.HEALTHY)));
            case SUPERSEDED ->
                new Outcome.Skipped(
                        "superseded: " + String.join("; ", outcome.reasons()),
                        new StepOutput.RolledOut(outcome),
                        false);
            case DEGRADED -> {
                record(step, target, outcome, HealthRecord.Status.DEGRADED);
                yield failed(step, outcome, rollback.after(step, context).orElse(""));
            }
            case FAILED -> {
                unapplied(step, target, outcome);
                yield failed(step, outcome, rollback.after(step, context).orElse(""));
            }
            case TIMED_OUT, REFUSED, UNKNOWN -> failed(step, outcome, "");
        };
    }

    /** What came live and is verified, from one attempt to the next; both null until then. */
    private static final class Verified {
        private Verifier.Progress progress;
        private RolloutOutcome passed;

        /** Another release may have taken its place meanwhile: what passed counts only if it is still what runs. */
        RolloutStatus confirmed(RolloutStatus.Ended ended, Deployments deployments) {
            RolloutStatus status = ended;
            if (passed == null && ended.outcome().verdict() == RolloutOutcome.Verdict.LIVE) {
                passed = ended.outcome();
                status = deployments.follow(progress.target());
            }
            return status instanceof RolloutStatus.Ended now && now.outcome().verdict() == RolloutOutcome.Verdict.LIVE
                    ? new RolloutStatus.Ended(passed)
                    : status;
        }
    }

    private Effect record(AwaitRollout step, RolloutTarget target, RolloutOutcome outcome, HealthRecord.Status status) {
        return ledger.record(new HealthRecord(
                step.service(),
                step.environment(),
                target.image().digest(),
                status,
                // People and gates know what was wanted; a later commit of manifests says nothing of it.
                outcome.liveCommit() == null || target.rendered() != null ? target.commit() : outcome.liveCommit(),
                outcome.observedAt(),
                String.join("; ", outcome.reasons()),
                null,
                target.rendered() == null ? null : manifests(step, outcome.liveCommit())));
    }

    /** What was live may have come after what was awaited, with other values or another chart. */
    private String manifests(AwaitRollout step, CommitId live) {
        return live == null
                ? null
                : ledger.repository()
                        .read(live, GitOpsPaths.manifests(step.service()))
                        .map(Digest::of)
                        .map(Digest::hex)
                        .orElse(null);
    }

    /** What could not be applied says nothing of the digest: what was found out about it before stands. */
    private void unapplied(AwaitRollout step, RolloutTarget target, RolloutOutcome outcome) {
        if (ledger.find(step.service(), step.environment(), target.image().digest())
                .isEmpty()) {
            record(step, target, outcome, HealthRecord.Status.UNAPPLIED);
        }
    }

    private Outcome failed(AwaitRollout step, RolloutOutcome outcome, String done) {
        FailureKind kind = outcome.verdict().failure();
        String word =
                outcome.verdict().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return Outcome.failed(new Failure(
                kind,
                step.service() + " in " + step.environment() + " is " + word + ": "
                        + String.join("; ", outcome.reasons())
                        + (done.isEmpty() ? "" : "; " + done),
                tenant.namespace(step.environment()),
                kind == FailureKind.FAILED
                        ? "fix the service, or: "
                                + PastedCommand.of(tenant, "rollback", step.service(), step.environment())
                        : PastedCommand.of(tenant, "rollout", step.service(), step.environment())));
    }

    /** What is waited for; whoever drives the step may watch it instead of asking again and again. */
    public static RolloutTarget target(Tenant tenant, AwaitRollout step, StepContext context) {
        RolloutTarget target = RolloutTarget.of(
                tenant,
                step.service(),
                step.environment(),
                step.commit() != null
                        ? step.commit()
                        : context.output(step.change(), StepOutput.ChangeLanded.class)
                                .commit(),
                imageOf(step, context),
                step.timeout());
        if (tenant.isRendered()) {
            CommitId rendered = step.rendered() != null || step.change().isEmpty()
                    ? step.rendered()
                    : context.output(step.change(), StepOutput.ChangeLanded.class)
                            .rendered();
            if (rendered == null) {
                throw FailureException.input(
                        "nothing was rendered for " + step.environment() + " yet, so nothing of it can run",
                        tenant.gitops().value(),
                        "imaas review " + step.environment());
            }
            target = target.rendered(rendered);
        }
        return context.startedAt().map(target::startedAt).orElse(target);
    }

    /** The image whose rollout is awaited. */
    static ImageRef imageOf(AwaitRollout step, StepContext context) {
        return step.image() != null
                ? step.image()
                : context.output(step.change(), StepOutput.ChangeLanded.class)
                        .release()
                        .image();
    }
}
