package io.imaas.plan.rollback;

import io.imaas.model.failure.FailureException;
import io.imaas.model.record.Statement;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides a rollback: an older release in one commit, with a hold so that the next automatic change does not undo it.
 * Hardly any gate is asked, since it is what people do when something burns.
 */
public record RollbackPlanner(Platform platform, Tenant tenant, Duration rolloutTimeout) implements Serializable {
    /**
     * Back to an earlier release.
     *
     * @param past the environment's earlier releases, newest first, the running one included
     * @param to digest or version wanted, or empty for the newest that differs from the running one
     * @param takenBack the service's files that do not run as the branch holds them, as they do run; null: there is none
     */
    public Plan plan(
            Request request,
            EnvironmentName environment,
            List<PastRelease> past,
            String to,
            String reason,
            Map<String, String> takenBack,
            Snapshot facts) {
        GitOpsState state = facts.state();
        ServiceName service = request.service();
        ServiceState now = state.environment(environment)
                .service(service)
                .filter(s -> s.release() != null || s.unreadable() != null)
                .orElseThrow(() -> FailureException.input(
                        service + " has no release in " + environment, "imaas status " + service));
        PastRelease target = choose(service, now.running(), past, to, environment);
        boolean there = now.running()
                .filter(release -> release.image().equals(target.release().image()))
                .isPresent();
        String before = there && now.hold() != null ? now.hold().reason() : "rolled back from " + version(now);
        GoingBack back = new GoingBack(
                request, environment, now, target, there, reason.isEmpty() ? before : reason, takenBack, facts);
        // Where somebody was cut off in the middle of it, the rest is done.
        boolean over = there
                && (now.hold() == null
                        || (now.healthy() && now.health().commit().equals(target.commit())));
        List<GateAnswer> gates = over ? List.of() : gates(back);
        List<PlannedStep> commits = new ArrayList<>();
        commits.add(
                over
                        ? new NotNeeded(
                                "rollback",
                                "Roll back " + service,
                                environment + " runs " + target.release().version() + " already")
                        : commit(back, gates));
        voiding(back).ifPresent(commits::add);
        List<StepGroup> groups = new ArrayList<>(List.of(new StepGroup("Roll back", commits)));
        if (!over) {
            groups.add(StepGroup.of(new AwaitRollout(
                    "rollout",
                    tenant.name(),
                    service,
                    environment,
                    "rollback",
                    target.release().image(),
                    rolloutTimeout)));
        }
        return new Plan(
                back.title(),
                request,
                gates,
                groups,
                there ? further(now, environment) : notes(back),
                over ? List.of() : facts.changes());
    }

    /**
     * What is brought back.
     *
     * @param now the service as it is
     * @param target what ran before
     * @param there whether it is on the environment's branch already
     * @param takenBack by path, what else of the service is put back
     */
    private record GoingBack(
            Request request,
            EnvironmentName environment,
            ServiceState now,
            PastRelease target,
            boolean there,
            String why,
            Map<String, String> takenBack,
            Snapshot facts)
            implements Serializable {
        ServiceName service() {
            return request.service();
        }

        String title() {
            return "Roll back " + service() + " in " + environment + " to "
                    + target.release().called();
        }

        Hold hold() {
            return there
                    ? now.hold()
                    : new Hold(why, request.actor(), facts.state().at());
        }

        /** What was said later is of what may come after the rollback. */
        Instant until() {
            return !there
                    ? Instant.MAX
                    : now.hold() == null ? Instant.MIN : now.hold().since();
        }
    }

    private static List<String> further(ServiceState now, EnvironmentName environment) {
        return now.hold() == null
                ? List.of()
                : List.of("it is held since " + now.hold().since() + "; to go further back: imaas rollback "
                        + now.service() + " " + environment + " --to VERSION");
    }

    private static List<String> notes(GoingBack back) {
        List<String> notes = new ArrayList<>();
        notes.add("holds " + back.service() + " in " + back.environment() + " until 'imaas resume'");
        if (!back.takenBack().isEmpty()) {
            notes.add("takes back what somebody pushed and no gate let in: "
                    + String.join(", ", back.takenBack().keySet()));
        }
        Migration ran = back.now().migration();
        List<String> later = ran == null ? List.of() : ran.beyond(back.target().migration());
        if (!later.isEmpty()) {
            notes.add("migration scripts are not undone: "
                    + back.target().release().version()
                    + " will run on the database as these left it: " + String.join(", ", later));
        }
        return notes;
    }

    /** Who agreed to something that was then rolled back has not agreed to bringing it once more. */
    private Optional<KeepRecords> voiding(GoingBack back) {
        Request request = back.request();
        GitOpsState state = back.facts().state();
        Map<String, Statement> statements = new LinkedHashMap<>();
        state.approvals().stream()
                .filter(yes -> yes.verdict() == Approval.Verdict.YES
                        && !yes.at().isAfter(back.until())
                        && yes.service().equals(request.service())
                        && yes.environment().equals(back.environment()))
                .map(yes -> yes.voided("rolled back by " + request.actor() + ", " + back.why(), state.at()))
                .forEach(none -> statements.put(none.path(), none.statement(tenant.name())));
        String title = "Void approvals of " + request.service() + " for " + back.environment();
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeepRecords(
                        "void-approvals",
                        title,
                        statements,
                        title,
                        Trailers.of(tenant.name(), List.of(request.service()), back.environment())
                                .with(Trailers.ACTOR, request.actor())
                                .lines()));
    }

    private List<GateAnswer> gates(GoingBack back) {
        ServiceState then = asItWas(back.now(), back.target());
        List<Candidate> candidates = tenant.service(back.service()).stream()
                .flatMap(service -> tenant.environment(back.environment()).stream()
                        .map(known -> new Candidate(service, null, known, then, back.now())))
                .toList();
        return GateTable.ask(
                new Question(Occasion.ROLLBACK, platform, tenant, back.facts(), Overrides.NONE, candidates));
    }

    /** The service as it would be, except for its environment's own values, which stay as they are. */
    private static ServiceState asItWas(ServiceState now, PastRelease target) {
        return new ServiceState(
                        now.service(),
                        target.release(),
                        null,
                        null,
                        target.releaseFile(),
                        target.valuesFile() == null ? now.valuesFile() : target.valuesFile())
                .with(now.migration());
    }

    /** What would come back, for whoever finds out about it before the plan is made; empty when nothing would. */
    public Optional<ServiceState> returning(
            ServiceName service, EnvironmentName environment, List<PastRelease> past, String to, GitOpsState state) {
        return state.environment(environment)
                .service(service)
                .filter(now -> now.release() != null || now.unreadable() != null)
                .map(now -> asItWas(now, choose(service, now.running(), past, to, environment)));
    }

    private CommitFiles commit(GoingBack back, List<GateAnswer> gates) {
        ServiceName service = back.service();
        PastRelease target = back.target();
        Map<String, String> files = new LinkedHashMap<>(back.takenBack());
        files.put(GitOpsPaths.release(service), target.releaseFile());
        if (target.valuesFile() != null) {
            files.put(GitOpsPaths.values(service), target.valuesFile());
        }
        files.put(GitOpsPaths.hold(service, back.environment()), back.hold().text());
        Trailers trailers = Trailers.of(tenant.name(), List.of(service), back.environment())
                .images(List.of(target.release().image()))
                .with(
                        Trailers.ROLLBACK,
                        version(back.now()) + " -> " + target.release().version())
                .with(Trailers.REASON, back.why())
                .with(Trailers.ACTOR, back.request().actor())
                .and(GateTrailers.of(gates, List.of(service)));
        return CommitFiles.of(
                        "rollback",
                        back.title(),
                        back.environment().branch(),
                        files,
                        trailers.lines(),
                        back.facts().hashes())
                .moving(List.of(target.release()));
    }

    private static String version(ServiceState now) {
        return now.running().map(Release::version).orElse("an unreadable release");
    }

    private static String versions(List<PastRelease> past) {
        return past.stream().map(p -> p.release().called()).distinct().collect(Collectors.joining(", "));
    }

    private static PastRelease choose(
            ServiceName service,
            Optional<Release> running,
            List<PastRelease> past,
            String to,
            EnvironmentName environment) {
        return past.stream()
                .filter(p -> to.isEmpty()
                        ? running.filter(now -> now.image().equals(p.release().image()))
                                .isEmpty()
                        : p.release().isCalled(to))
                .findFirst()
                .orElseThrow(() -> past.isEmpty() || to.isEmpty()
                        ? FailureException.missing(
                                to.isEmpty()
                                        ? service + " has no earlier release in " + environment
                                                + (past.isEmpty() ? "" : "; these ran there: " + versions(past))
                                        : service + " " + to + " never ran in " + environment,
                                "imaas history " + service + " " + environment)
                        : FailureException.unknown(
                                service + " " + to + " never ran in " + environment,
                                "",
                                to,
                                past.stream()
                                        .map(p -> p.release().called())
                                        .distinct()
                                        .toList()));
    }
}
