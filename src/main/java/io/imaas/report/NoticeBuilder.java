package io.imaas.report;

import io.imaas.model.failure.Failure;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.rollout.RunNotice.Part;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.PlannedStep;
import io.imaas.report.RunReport.Status;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Folds the events of one run into what people outside are told of it. */
public final class NoticeBuilder implements EventSink {
    private static final int LONGEST_REASON = 300;

    private final ReportBuilder reports = new ReportBuilder();
    private final List<Event> events = new ArrayList<>();
    private Plan plan;

    @Override
    public void accept(Event event) {
        reports.accept(event);
        if (event instanceof Event.RunStarted started) {
            plan = started.plan();
            events.clear();
        }
        events.add(event);
    }

    /** What it is about, by service; without a version where none is known. */
    private List<Part> parts(Ending ending) {
        Map<String, Part> parts = new TreeMap<>();
        Stream.concat(ending.services().stream(), plan.steps().flatMap(NoticeBuilder::service))
                .map(ServiceName::value)
                .forEach(name -> parts.put(name, new Part(name, "", "")));
        ReleasedThings.of(plan, events)
                .forEach(one -> parts.put(one.service(), new Part(one.service(), one.version(), one.digest())));
        return List.copyOf(parts.values());
    }

    private static Stream<ServiceName> service(PlannedStep step) {
        return step instanceof AwaitRollout rollout
                ? Stream.of(rollout.service())
                : step instanceof CommitRelease commit ? Stream.of(commit.service()) : Stream.empty();
    }

    /** What people are told, or empty when it was only planned, found nothing to do, or was asked by nobody that we know. */
    public Optional<RunNotice> notice(Ending ending) {
        if (plan == null || plan.request() == null) {
            return Optional.empty();
        }
        RunReport report = reports.unfinished(ending.at())
                .orElseGet(() -> reports.reports().get(reports.reports().size() - 1));
        boolean begun = report.steps().stream().anyMatch(step -> step.status() != Status.NOT_STARTED);
        if (!begun && report.status() == Status.RUNNING && ending.cut().isEmpty()) {
            return Optional.empty();
        }
        String result = result(report, ending);
        if (plan.isNothing() && !ending.afterFailure() && result.equals(Status.SUCCEEDED.word())) {
            return Optional.empty();
        }
        Request request = plan.request();
        EnvironmentName environment = request.target() == null ? onlyEnvironment() : request.target();
        String key = ending.link() + '\n' + plan.title() + '\n' + report.begun();
        return Optional.of(new RunNotice(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                occasion(result, ending.afterFailure()),
                plan.title(),
                result,
                request.tenant().value(),
                environment,
                parts(ending),
                request.actor(),
                reason(report, result, ending),
                ending.link(),
                ending.at()));
    }

    private static String result(RunReport report, Ending ending) {
        Status status = report.status();
        if (status == Status.REFUSED || status == Status.FAILED) {
            return status.word();
        }
        if (!ending.cut().isEmpty()) {
            return ending.cut();
        }
        // Of a plan that people execute step by step they need not execute all.
        return status == Status.RUNNING ? Status.SUCCEEDED.word() : status.word();
    }

    private When occasion(String result, boolean afterFailure) {
        if (result.equals("refused")) {
            boolean onlyApproval = plan.closedGates().stream().allMatch(gate -> gate.waitsFor() == WaitsFor.APPROVAL);
            return onlyApproval ? When.APPROVAL : When.FAILURE;
        }
        if (!result.equals("succeeded") && !result.equals("unstable")) {
            return When.FAILURE;
        }
        return afterFailure ? When.RECOVERY : When.SUCCESS;
    }

    private static String reason(RunReport report, String result, Ending ending) {
        Optional<String> failure =
                report.failures().stream().findFirst().map(Failure::sentence).map(NoticeBuilder::firstLine);
        if (failure.isPresent()) {
            int more = report.failures().size() - 1;
            return failure.get() + (more > 0 ? " (and " + more + " more)" : "");
        }
        if (result.equals("unstable")) {
            return report.steps().stream()
                    .flatMap(step -> step.problems().stream().map(problem -> problem.sentence()))
                    .findFirst()
                    .or(() -> report.steps().stream()
                            .filter(step -> step.status() == Status.SKIPPED)
                            .map(RunReport.Step::detail)
                            .findFirst())
                    .map(NoticeBuilder::firstLine)
                    .orElse("");
        }
        boolean cut = result.equals("aborted") || !ending.cut().isEmpty();
        return cut ? "it ended before all of its plan was done, or for a reason outside of it" : "";
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }

    private EnvironmentName onlyEnvironment() {
        List<EnvironmentName> environments = plan.steps()
                .filter(AwaitRollout.class::isInstance)
                .map(step -> ((AwaitRollout) step).environment())
                .distinct()
                .toList();
        return environments.size() == 1 ? environments.get(0) : null;
    }
}
