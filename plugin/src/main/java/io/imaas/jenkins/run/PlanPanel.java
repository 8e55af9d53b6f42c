package io.imaas.jenkins.run;

import hudson.Util;
import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.report.ReleasedThings;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.report.RunReport.Status;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One plan of a build, and what came of it so far, as people read it. */
public record PlanPanel(KeptPlan plan, List<Event> events, boolean going, RunReport report) {
    private static final int SHORTEST = 1000;

    /**
     * Folds what was kept.
     *
     * @param going whether the build still goes on
     * @param begun when the build began
     */
    static PlanPanel of(KeptPlan plan, boolean going, Instant begun, Instant now) {
        return of(plan, plan.log().read(), going, begun, now);
    }

    /** A plan that nobody has begun to carry out. */
    public static PlanPanel of(IntendedPlan plan, Instant now) {
        return of(new KeptPlan(1, plan, null), List.of(), true, now, now);
    }

    private static PlanPanel of(KeptPlan plan, List<Event> events, boolean going, Instant begun, Instant now) {
        ReportBuilder reports = new ReportBuilder();
        reports.accept(
                new Event.RunStarted(events.isEmpty() ? begun : events.get(0).at(), plan.plan()));
        events.stream()
                .filter(event -> !(event instanceof Event.RunStarted) && !(event instanceof Event.RunEnded))
                .forEach(reports::accept);
        return new PlanPanel(plan, events, going, reports.unfinished(now).orElseThrow());
    }

    public int getNumber() {
        return plan.number();
    }

    public String getTitle() {
        return plan.plan().title();
    }

    /** The plan in one sentence; empty when its title is all there is to say. */
    public String getSummary() {
        return plan.intended().summary().equals(getTitle())
                ? ""
                : plan.intended().summary();
    }

    public Look getLook() {
        boolean begun = report.steps().stream().anyMatch(step -> step.status() != Status.NOT_STARTED);
        boolean idle = report.status() == Status.RUNNING && !begun;
        return Look.ofStatus(idle ? Status.NOT_STARTED : report.status(), going);
    }

    /** How long it took or takes; empty when it is not worth a word. */
    public String getTook() {
        boolean unknown = !going && report.status() == Status.RUNNING;
        return unknown ? "" : time(report.millis());
    }

    public List<GateRow> getGates() {
        return rows(report.gates().stream());
    }

    /** The gates that keep it from being executed. */
    public List<GateRow> getClosed() {
        return rows(report.gates().stream().filter(GateAnswer::closed));
    }

    private static List<GateRow> rows(Stream<GateAnswer> gates) {
        return gates.map(gate -> new GateRow(
                        Look.ofGate(gate), gate.subject(), gate.gate(), gate.found(), Advice.inJenkins(gate.opening())))
                .toList();
    }

    /** What went wrong, but for the gates, which speak for themselves. */
    public List<Failure> getFailures() {
        return plan.intended().blocked()
                ? List.of()
                : report.failures().stream().<Failure>map(Advice::inJenkins).toList();
    }

    /** Why the result is unstable, a sentence a step; empty where it is not. */
    public List<String> getReasons() {
        return events.stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(Event.StepEnded.class::cast)
                .flatMap(PlanPanel::reasons)
                .<String>map(Advice::inJenkins)
                .distinct()
                .toList();
    }

    private static Stream<String> reasons(Event.StepEnded ended) {
        String step = ended.step().title() + ": ";
        if (ended.outcome() instanceof Outcome.Skipped skipped && skipped.unstable()) {
            return Stream.of(step + "skipped, " + skipped.reason());
        }
        return ended.outcome() instanceof Outcome.Succeeded done
                ? done.warnings().stream().map(warning -> step + warning.sentence())
                : Stream.empty();
    }

    public List<StepRow> getSteps() {
        return report.steps().stream().map(this::row).toList();
    }

    public List<ReleasedThings.Released> getReleases() {
        return ReleasedThings.of(plan.plan(), events);
    }

    /** What its rollouts brought, a sentence each. */
    public List<String> getLive() {
        Map<String, String> versions = getReleases().stream()
                .collect(Collectors.toMap(
                        ReleasedThings.Released::service, ReleasedThings.Released::version, (one, other) -> other));
        return events.stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(Event.StepEnded.class::cast)
                .filter(ended -> ended.step() instanceof AwaitRollout && ended.outcome() instanceof Outcome.Succeeded)
                .map(ended -> (AwaitRollout) ended.step())
                .map(rollout -> (rollout.service() + " "
                                        + versions.getOrDefault(
                                                rollout.service().value(), ""))
                                .strip()
                        + " is live in " + rollout.environment())
                .toList();
    }

    public List<String> getNotes() {
        return report.notes().stream().<String>map(Advice::inJenkins).toList();
    }

    /** What becomes different, a row a service. */
    public List<ChangeRow> getChanges() {
        return report.changes().stream()
                .map(change -> new ChangeRow(
                        change.service().value(),
                        change.lines().stream().map(ChangedLine::of).toList()))
                .toList();
    }

    private StepRow row(RunReport.Step step) {
        String group = step.group().equals(step.title()) ? "" : step.group();
        boolean cut = !going && step.status() == Status.RUNNING;
        return new StepRow(
                Look.ofStatus(step.status(), going),
                step.title(),
                group,
                step.detail(),
                cut ? "" : time(step.millis()),
                step.effects().stream()
                        .filter(Effect::isChange)
                        .map(PlanPanel::line)
                        .toList(),
                step.problems().stream()
                        .map(Problem::sentence)
                        .<String>map(Advice::inJenkins)
                        .toList());
    }

    private static String line(Effect effect) {
        return effect.kind().name().toLowerCase(Locale.ROOT) + " " + effect.type() + " " + effect.name()
                + (effect.detail().isEmpty() ? "" : ": " + effect.detail());
    }

    private static String time(long millis) {
        return millis < SHORTEST ? "" : Util.getTimeSpanString(millis);
    }

    public record GateRow(Look look, String subject, String name, String sentence, String opensWhen) {}

    public record StepRow(
            Look look,
            String title,
            String group,
            String detail,
            String took,
            List<String> effects,
            List<String> problems) {}

    /** What changes in the manifests of a service. */
    public record ChangeRow(String service, List<ChangedLine> lines) {}

    /**
     * A line of the manifests.
     *
     * @param kind added, removed or plain
     */
    public record ChangedLine(String kind, String text) {
        public static ChangedLine of(String text) {
            return new ChangedLine(text.startsWith("+") ? "added" : text.startsWith("-") ? "removed" : "plain", text);
        }
    }
}
