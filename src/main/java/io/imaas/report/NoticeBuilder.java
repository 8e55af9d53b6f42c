package io.imaas.report;

import io.imaas.model.failure.Failure;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.rollout.RunNotice.Part;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.EventSink;
import io.imaas.run.StepOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Folds the events of one run into what people outside are told of it. */
public final class NoticeBuilder implements EventSink {
    private static final int LONGEST_REASON = 300;

    private static final Pattern RELEASE = Pattern.compile("services/([^/]+)/release\\.yaml");

    /** The orchestrator's own keys of a release file, as docs/formats.md has them; a digest's first twelve digits. */
    private static final Pattern VERSION = Pattern.compile("(?m)^version:\\s*[\"']?([^\"'\\s#]+)");

    private static final Pattern DIGEST = Pattern.compile("(?m)^\\s+digest:\\s*[\"']?sha256:([0-9a-f]{12})");

    private final ReportBuilder reports = new ReportBuilder();
    private final Map<String, Part> parts = new TreeMap<>();
    private Plan plan;

    @Override
    public void accept(Event event) {
        reports.accept(event);
        if (event instanceof Event.RunStarted started) {
            plan = started.plan();
            parts.clear();
            plan.steps().forEach(this::planned);
        } else if (event instanceof Event.StepEnded ended) {
            ended.outcome().handedOver().ifPresent(this::found);
        }
    }

    private void planned(PlannedStep step) {
        if (step instanceof CommitRelease commit) {
            put(commit.service(), commit.release());
        } else if (step instanceof AwaitRollout rollout) {
            put(rollout.service(), "", rollout.image());
        } else if (step instanceof CommitFiles commit) {
            moved(commit);
        }
    }

    /** A promotion's or rollback's files are decided: the releases in them say what moves. */
    private void moved(CommitFiles commit) {
        commit.files().forEach((path, content) -> {
            Matcher release = RELEASE.matcher(path);
            if (release.matches() && content != null) {
                Part part = new Part(release.group(1), first(VERSION, content), first(DIGEST, content));
                parts.put(part.service(), part);
            }
        });
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private void found(StepOutput output) {
        if (output instanceof StepOutput.ImagePublished published) {
            put(published.release().service(), published.release());
        } else if (output instanceof StepOutput.ChangeLanded landed && landed.release() != null) {
            put(landed.release().service(), landed.release());
        }
    }

    private void put(ServiceName service, Release release) {
        put(service, release == null ? "" : release.version(), release == null ? null : release.image());
    }

    private void put(ServiceName service, String version, ImageRef image) {
        Part known = parts.getOrDefault(service.value(), new Part(service.value(), "", ""));
        parts.put(
                service.value(),
                new Part(
                        service.value(),
                        version.isEmpty() ? known.version() : version,
                        image == null ? known.digest() : image.digest().abbreviated()));
    }

    /** What people are told, or empty when it was only planned, or asked by nobody that we know. */
    public Optional<RunNotice> notice(Ending ending) {
        if (plan == null || plan.request() == null) {
            return Optional.empty();
        }
        RunReport report = reports.unfinished(ending.at())
                .orElseGet(() -> reports.reports().get(reports.reports().size() - 1));
        boolean begun = report.steps().stream().anyMatch(step -> !step.status().equals("NOT_STARTED"));
        if (!begun && report.status().equals("RUNNING") && ending.cut().isEmpty()) {
            return Optional.empty();
        }
        String result = result(report, ending);
        Request request = plan.request();
        EnvironmentName environment = request.target() == null ? onlyEnvironment() : request.target();
        ending.services().forEach(service -> parts.putIfAbsent(service.value(), new Part(service.value(), "", "")));
        String key = ending.link() + '\n' + plan.title() + '\n' + report.begun();
        return Optional.of(new RunNotice(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                occasion(result, ending.afterFailure()),
                plan.title(),
                result,
                request.tenant().value(),
                environment,
                List.copyOf(parts.values()),
                request.actor(),
                reason(report, result, ending),
                ending.link(),
                ending.at()));
    }

    private static String result(RunReport report, Ending ending) {
        String told = report.status().toLowerCase(Locale.ROOT);
        if (told.equals("refused") || told.equals("failed")) {
            return told;
        }
        if (!ending.cut().isEmpty()) {
            return ending.cut();
        }
        // Of a plan that people execute step by step they need not execute all.
        return told.equals("running") ? "succeeded" : told;
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
                            .filter(step -> step.status().equals("SKIPPED"))
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
