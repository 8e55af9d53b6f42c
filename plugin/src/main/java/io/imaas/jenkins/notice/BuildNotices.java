package io.imaas.jenkins.notice;

import hudson.model.Result;
import hudson.model.Run;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.step.NotNeeded;
import io.imaas.report.Ending;
import io.imaas.report.NoticeBuilder;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.displayurlapi.DisplayURLProvider;

/** What a finished build's plans are worth telling of. */
final class BuildNotices {
    /** Checks tell their pull request, and onboarding tells its own. */
    private static final Set<Intent> TOLD =
            Set.of(Intent.DELIVER, Intent.IMAGE, Intent.PROMOTE, Intent.ROLLBACK, Intent.REVIEW);

    /** How many builds of the job a recovery looks back over: those in between were about something else. */
    private static final int LOOK_BACK = 20;

    private static final Logger LOGGER = Logger.getLogger(BuildNotices.class.getName());

    private BuildNotices() {}

    /** @param plan of a tenant */
    record OfPlan(KeptPlan plan, RunNotice notice) {}

    static List<OfPlan> of(Run<?, ?> run) {
        return new PlansOfBuild(run)
                .all().stream()
                        .filter(BuildNotices::isTold)
                        .flatMap(plan -> notice(run, plan, false).stream()
                                .map(notice -> notice.occasion() == When.SUCCESS && failedBefore(run, plan)
                                        ? notice(run, plan, true).orElseThrow()
                                        : notice)
                                .map(notice -> new OfPlan(plan, notice)))
                        .toList();
    }

    private static boolean isTold(KeptPlan plan) {
        return plan.tenant().isPresent()
                && TOLD.contains(plan.intended().intent())
                && !(plan.intended().intent() == Intent.REVIEW && followsOurselves(plan));
    }

    /** What the orchestrator committed itself, the run that did so tells of. */
    private static boolean followsOurselves(KeptPlan plan) {
        return plan.plan()
                .steps()
                .anyMatch(step -> step instanceof NotNeeded && step.id().equals("review"));
    }

    private static Optional<RunNotice> notice(Run<?, ?> run, KeptPlan plan, boolean afterFailure) {
        NoticeBuilder notice = new NoticeBuilder();
        plan.log().read().forEach(notice::accept);
        return notice.notice(new Ending(
                plan.intended().services(),
                cut(run.getResult()),
                afterFailure,
                DisplayURLProvider.get().getRunURL(run),
                Instant.ofEpochMilli(run.getStartTimeInMillis()).plusMillis(run.getDuration())));
    }

    private static String cut(Result result) {
        if (result == Result.ABORTED || result == Result.NOT_BUILT) {
            return "aborted";
        }
        return result == Result.FAILURE ? "failed" : "";
    }

    private static boolean failedBefore(Run<?, ?> run, KeptPlan plan) {
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int looked = 0; earlier != null && looked < LOOK_BACK; looked++) {
            Optional<When> ended = earlier.isBuilding() ? Optional.empty() : occasion(earlier, plan);
            if (ended.isPresent()) {
                return ended.get() == When.FAILURE;
            }
            earlier = earlier.getPreviousBuild();
        }
        return false;
    }

    /** How a build ended that was about the same; empty when none of it was, or it can't be read any more. */
    private static Optional<When> occasion(Run<?, ?> run, KeptPlan like) {
        try {
            return new PlansOfBuild(run)
                    .all().stream()
                            .filter(BuildNotices::isTold)
                            .filter(other -> sameSubject(other, like))
                            .flatMap(other -> notice(run, other, false).stream())
                            .map(RunNotice::occasion)
                            // Whoever waited for a yes has not failed, and not succeeded either.
                            .filter(ended -> ended != When.APPROVAL)
                            .findFirst();
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.FINE, "a build that can't be read does not count: " + run, e);
            return Optional.empty();
        }
    }

    private static boolean sameSubject(KeptPlan one, KeptPlan other) {
        return one.intended().intent() == other.intended().intent()
                && Set.copyOf(one.intended().services())
                        .equals(Set.copyOf(other.intended().services()))
                && one.plan().request() != null
                && other.plan().request() != null
                && Objects.equals(
                        one.plan().request().target(), other.plan().request().target());
    }
}
