package io.imaas.plan.review;

import io.imaas.model.record.Statement;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateAnswer.State;
import io.imaas.plan.gate.GateCalls;
import io.imaas.plan.gate.GateRecords;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.gate.QuotaGate;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.Basis;
import io.imaas.plan.step.Basis.RecordsRead;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reviews a person's own push or merge by the gates that a promotion would have passed. */
public record DirectChangeReview(Platform platform, Tenant tenant, DirectChangePolicy policy) implements Serializable {
    /** The step that commits what was let pass. */
    static final String RENDER = "render";

    /** Other names are written by nobody: nothing reads them, so they may stay. */
    private static final Pattern ORDINARY = Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9._-]*+/?+)++");

    /** Every file explained, every gate asked, and what is to be done. */
    public Plan review(Request request, DirectChange change) {
        List<Candidate> arrived = arrived(change);
        List<Approval> reviewed = new PullRequestApprovals(platform.trust(), change).of(arrived);
        Snapshot facts = change.facts()
                .saying(Stream.concat(change.facts().state().approvals().stream(), reviewed.stream())
                        .toList());
        Map<Boolean, List<Candidate>> returning = arrived.stream()
                .collect(Collectors.partitioningBy(
                        one -> change.returning().contains(one.service().name())));
        Question question = question(Occasion.DIRECT_PUSH, facts, change, returning.get(false));
        List<GateAnswer> answers = Stream.concat(
                        GateTable.ask(question).stream(),
                        GateTable.ask(question(Occasion.ROLLBACK, facts, change, returning.get(true))).stream())
                .toList();
        GateCalls calls = new GateCalls(question, answers);
        Set<ServiceName> refused = answers.stream()
                .filter(GateAnswer::closed)
                .flatMap(answer -> answer.services().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> notes = new ArrayList<>(new ChangeExplainer(change).lines());
        notes.addAll(GateTable.migrations(question, answers));
        PlannedStep step = refused.isEmpty() || policy != DirectChangePolicy.REVERT
                ? new NotNeeded(
                        "revert", "Take back", refused.isEmpty() ? "every gate is open" : "the policy allows it")
                : revert(request, change, refused);
        if (!refused.isEmpty()) {
            notes.add("the policy of direct changes is " + policy.word());
        }
        List<Candidate> rendering = rendering(arrived, refused);
        RecordsRead read = GateRecords.of(rendering, change.facts());
        List<StepGroup> kept = kept(request, change, reviewed, refused, read);
        Set<String> own = kept.stream()
                .flatMap(group -> group.steps().stream())
                .flatMap(record -> ((KeepRecords) record).statements().keySet().stream())
                .collect(Collectors.toSet());
        List<StepGroup> groups = calls.after(
                Stream.concat(
                                kept.stream(),
                                groups(request, change, rendering, answers, step, read.writing(own)).stream())
                        .toList(),
                service -> "rollout-" + service);
        // Only a flag refuses: an allowed change is told, and a reverted one must be carried out.
        return new Plan(
                "Review what " + change.author() + " did to " + change.after().name(),
                request,
                answers.stream()
                        .map(answer -> answer.passed(refused(arrived, refused)))
                        .toList(),
                policy == DirectChangePolicy.FLAG ? calls.before(groups) : groups,
                notes);
    }

    private Question question(Occasion occasion, Snapshot facts, DirectChange change, List<Candidate> arrived) {
        return new Question(occasion, platform, tenant, facts, Overrides.by(change.requester()), arrived);
    }

    /** What people said at the Git server is kept as what they say to the orchestrator: for auditors, and signed. */
    private List<StepGroup> kept(
            Request request, DirectChange change, List<Approval> reviewed, Set<ServiceName> refused, RecordsRead read) {
        Map<String, Statement> statements = new LinkedHashMap<>();
        Set<ServiceName> services = new LinkedHashSet<>();
        reviewed.stream()
                .filter(approval -> !refused.contains(approval.service())
                        && !change.facts().state().approvals().contains(approval))
                .forEach(approval -> {
                    services.add(approval.service());
                    statements.put(approval.path(), approval.statement(tenant.name()));
                });
        if (statements.isEmpty()) {
            return List.of();
        }
        String title = "Record the reviews of what came to " + change.after().name();
        Trailers trailers =
                Trailers.of(tenant.name(), services, change.after().name()).with(Trailers.ACTOR, request.actor());
        // Who takes their word back meanwhile is heard.
        return List.of(StepGroup.of(new KeepRecords("reviews", title, statements, title, trailers.lines(), read)));
    }

    /** How a refusal counts: where the others have something to be done for, a flag leaves the refused services out. */
    private State refused(List<Candidate> arrived, Set<ServiceName> refused) {
        if (policy != DirectChangePolicy.FLAG) {
            return State.TOLERATED;
        }
        return tenant.isRendered() && !rendering(arrived, refused).isEmpty() ? State.FLAGGED : State.CLOSED;
    }

    private List<Candidate> rendering(List<Candidate> arrived, Set<ServiceName> refused) {
        return policy == DirectChangePolicy.FLAG
                ? arrived.stream()
                        .filter(candidate ->
                                !refused.contains(candidate.service().name()))
                        .toList()
                : arrived;
    }

    /** What every gate lets pass, or the policy lets stay, is committed for the cluster to run. */
    private List<StepGroup> groups(
            Request request,
            DirectChange change,
            List<Candidate> arrived,
            List<GateAnswer> answers,
            PlannedStep verdict,
            RecordsRead read) {
        if (!tenant.isRendered() || arrived.isEmpty()) {
            return List.of(StepGroup.of(verdict));
        }
        Set<String> reverted =
                verdict instanceof CommitFiles back ? back.files().keySet() : Set.of();
        Map<ServiceName, String> reviewed = new LinkedHashMap<>();
        for (Candidate candidate : arrived) {
            ServiceName service = candidate.service().name();
            boolean goesBack = reverted.stream().anyMatch(path -> path.startsWith(GitOpsPaths.folder(service) + "/"));
            String hash = change.facts().hashes().get(service);
            if (!goesBack && hash != null) {
                reviewed.put(service, hash);
            }
        }
        String names = String.join(
                ", ", reviewed.keySet().stream().map(ServiceName::value).toList());
        String title = "Commit what " + names + " runs in " + change.after().name();
        Trailers trailers = Trailers.of(
                        tenant.name(), reviewed.keySet(), change.after().name())
                .with(Trailers.ACTOR, request.actor())
                .and(GateTrailers.of(answers, reviewed.keySet()));
        CommitFiles render = CommitFiles.of(
                        RENDER, title, change.after().name().branch(), Map.of(), trailers.lines(), reviewed)
                .resting(new Basis(null, QuotaGate.isOpen(answers), read));
        return reviewed.isEmpty()
                ? List.of(StepGroup.of(verdict))
                : List.of(StepGroup.of(verdict), StepGroup.of(render));
    }

    private List<Candidate> arrived(DirectChange change) {
        Environment environment = tenant.environment(change.after().name()).orElseThrow();
        List<Candidate> arrived = new ArrayList<>();
        for (Service service : tenant.services()) {
            ServiceState before = change.before().service(service.name()).orElse(null);
            ServiceState now = change.after().service(service.name()).orElse(nothing(service.name()));
            boolean runs =
                    now.release() != null || now.unreadable() != null || (before != null && before.release() != null);
            if (runs
                    && (changed(change, service.name(), before, now)
                            || change.unrendered().contains(service.name()))
                    && service.environments().contains(environment.name())) {
                List<EnvironmentName> path = service.environments();
                int here = path.indexOf(environment.name());
                EnvironmentName from = here > 0 ? path.get(here - 1) : null;
                arrived.add(new Candidate(service, from, environment, now, before));
            }
        }
        return arrived;
    }

    private static ServiceState nothing(ServiceName service) {
        return new ServiceState(service, null, null, null, null, null);
    }

    /** Whether something else would run; where nobody rendered, whether a file has changed that is read for it. */
    private boolean changed(DirectChange change, ServiceName service, ServiceState before, ServiceState now) {
        EnvironmentName environment = change.after().name();
        if (!tenant.isRendered()) {
            boolean chart = Fingerprint.inputs(service, change.facts())
                    .filter(ChartInputs::hasOwnChart)
                    .isPresent();
            return change.paths().stream()
                    .anyMatch(path -> ChartInputs.isRead(path, service, environment)
                            || (chart && path.startsWith(GitOpsPaths.folder(service) + "/")));
        }
        Release then = before == null ? null : before.release();
        boolean read = change.paths().contains(GitOpsPaths.values(service))
                || change.paths().contains(GitOpsPaths.environment(service, environment));
        return !Objects.equals(then, now.release())
                || !Objects.equals(before == null ? null : before.migration(), now.migration())
                || (read && !change.facts().runsAlready(service));
    }

    private CommitFiles revert(Request request, DirectChange change, Set<ServiceName> refused) {
        Map<String, String> files = new LinkedHashMap<>();
        for (ServiceName service : refused) {
            change.running().forEach((path, text) -> {
                if (path.startsWith(GitOpsPaths.folder(service) + "/")
                        && ORDINARY.matcher(path).matches()) {
                    files.put(path, text);
                }
            });
        }
        String names =
                String.join(", ", refused.stream().map(ServiceName::value).toList());
        String title = "Take back " + names + " in " + change.after().name();
        Trailers trailers = Trailers.of(tenant.name(), refused, change.after().name())
                .with(Trailers.REVERTS, change.commit().value())
                .with(Trailers.ACTOR, request.actor());
        return new CommitFiles(
                "revert",
                title,
                change.after().name().branch(),
                files,
                List.of(),
                title + ": a gate was closed when " + change.author() + " changed it",
                trailers.lines(),
                "revert " + change.commit().value(),
                null,
                refused.stream()
                        .flatMap(service -> change.before().service(service).stream())
                        .flatMap(before -> before.running().stream())
                        .toList(),
                tenant.isRendered()
                        ? refused.stream().collect(Collectors.toMap(service -> service, service -> CommitFiles.LATER))
                        : Map.of(),
                "",
                // Who pushed meanwhile may have put it right: that would be taken back with it.
                new Basis(change.commit(), false, null));
    }
}
