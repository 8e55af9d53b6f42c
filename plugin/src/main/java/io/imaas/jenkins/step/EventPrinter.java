package io.imaas.jenkins.step;

import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Problem;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import io.imaas.run.Outcome;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes events into the build's log, and keeps those that later steps and pages need. */
record EventPrinter(KeptPlan plan, PrintStream log) implements EventSink {
    @Override
    public void accept(Event event) {
        if (event instanceof Event.StepLogged logged) {
            log.println("  " + logged.line());
        } else if (event instanceof Event.StepWaiting waiting) {
            // How far a rollout is, whoever follows it tells at a pace that people can read.
            if (!(waiting.step() instanceof AwaitRollout)) {
                log.println(waiting.step().title() + ": " + Advice.inJenkins(waiting.reason()));
            }
            plan.log().append(event);
        } else if (event instanceof Event.StepRetried retried) {
            log.println(retried.step().title() + ": "
                    + Advice.inJenkins(retried.failure()).sentence() + "; again in "
                    + retried.delay().toSeconds() + " s");
            plan.log().append(event);
        } else if (event instanceof Event.StepEnded ended) {
            log.println(String.format(
                    Locale.ROOT,
                    "%s: %s, %.1f s",
                    ended.step().title(),
                    word(ended.outcome()),
                    ended.took().toMillis() / 1000.0));
            told(ended.step(), ended.outcome()).forEach(line -> log.println(Advice.inJenkins(line)));
            plan.log().append(event);
        } else {
            plan.log().append(event);
        }
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.unstable() ? "skipped, which makes the build unstable" : "skipped";
        }
        return outcome instanceof Outcome.Succeeded ? "done" : "failed";
    }

    private static List<String> told(PlannedStep step, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded done) {
            List<String> lines = new java.util.ArrayList<>();
            done.effects().stream().map(EventPrinter::line).forEach(lines::add);
            done.warnings().stream().map(Problem::sentence).forEach(lines::add);
            return lines;
        }
        if (outcome instanceof Outcome.Failed failed) {
            // A hard stop ends the build, and its failure is told there.
            Stream<String> why = step.hardStop()
                    ? Stream.of()
                    : Stream.of("  " + failed.failure().sentence());
            return Stream.concat(why, failed.problems().stream().map(Problem::sentence))
                    .toList();
        }
        return outcome instanceof Outcome.Skipped skipped ? List.of("Skipped: " + skipped.reason()) : List.of();
    }

    private static String line(Effect effect) {
        String detail = effect.detail().isEmpty() ? "" : ": " + effect.detail();
        return "  " + effect.kind().name().toLowerCase(Locale.ROOT) + " " + effect.type() + " " + effect.name()
                + detail;
    }
}
