package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.PersonName;
import io.imaas.model.image.Digest;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.snapshot.AuditEntry;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.port.Commit;
import io.imaas.report.AuditRow;
import io.imaas.report.PeriodReport;
import io.imaas.report.PeriodReport.Change;
import io.imaas.step.observe.AuditObserver;
import io.imaas.step.observe.BranchLog;
import io.imaas.step.record.Records;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings together all changes of a tenant in a period, from Git and its signed records. */
final class CollectPeriod {
    private static final int MOST_PAIRS = 20;

    private final TenantWorld world;
    private final Instant since;
    private final Instant until;
    private final List<Approval> said;
    private final Map<String, ForcedChange> forced;
    private final Map<String, HealthRecord> health = new HashMap<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<String> perhapsOne = new TreeSet<>();
    private final BranchLog log;
    private final AuditObserver audit;
    private final Map<ServiceName, Authors> silent = new HashMap<>();

    CollectPeriod(TenantWorld world, Instant since, Instant until) {
        this.world = world;
        this.since = since;
        this.until = until;
        this.log = world.log(world.tenant().services().stream().map(Service::name), TenantWorld.LOOK_BACK + 1);
        this.audit = new AuditObserver(log, world.history(log));
        GitOpsState state = world.observer().observe(world.environments(), List.of());
        this.said = state.approvals();
        this.forced = ForcedChange.byPath(world.platform(), said, state.at());
        if (state.records() != null) {
            Records records = world.records();
            world.repository()
                    .readText(state.records(), List.of("health"))
                    .texts()
                    .forEach((path, text) ->
                            records.health(path, text, told -> {}).ifPresent(one -> health.put(path, one)));
        }
        state.unbelieved().forEach(one -> notices.add(one.sentence()));
    }

    PeriodReport report() {
        List<Change> changes = new ArrayList<>();
        for (Service service : world.tenant().services()) {
            for (EnvironmentName environment : world.environments()) {
                changes.addAll(of(service, environment));
            }
        }
        if (!perhapsOne.isEmpty()) {
            notices.add(
                    "nobody can tell whether these are two people each, so list both under 'people' in platform.yaml, and"
                            + " let only proven names count (provenOnly): "
                            + perhapsOne.stream().limit(MOST_PAIRS).collect(Collectors.joining("; "))
                            + (perhapsOne.size() > MOST_PAIRS
                                    ? "; and " + (perhapsOne.size() - MOST_PAIRS) + " more"
                                    : ""));
        }
        return new PeriodReport(world.tenant().name(), since, until, changes, notices);
    }

    private List<Change> of(Service service, EnvironmentName environment) {
        List<AuditEntry> entries = audit.observe(service.name(), List.of(environment), TenantWorld.LOOK_BACK);
        if (entries.size() >= TenantWorld.LOOK_BACK
                && entries.get(entries.size() - 1).at().isAfter(since)) {
            notices.add(service.name() + " in " + environment + ": only its newest " + TenantWorld.LOOK_BACK
                    + " changes were read");
        }
        List<AuditEntry> wanted = entries.stream()
                .filter(entry -> !entry.at().isBefore(since) && entry.at().isBefore(until))
                .map(entry -> entry.forced(forced))
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<String, Commit> rendered = rendered(service, environment);
        return wanted.stream()
                .map(entry -> change(
                        service,
                        entry,
                        Optional.ofNullable(rendered.get(entry.commit().value()))))
                .toList();
    }

    /** By the commit whose files they were made from. */
    private Map<String, Commit> rendered(Service service, EnvironmentName environment) {
        return log
                .of(GitOpsPaths.rendered(environment), GitOpsPaths.manifests(service.name()), TenantWorld.LOOK_BACK)
                .stream()
                .filter(commit -> commit.trailers().containsKey(Trailers.WANTED))
                .collect(Collectors.toMap(
                        commit -> commit.trailers().get(Trailers.WANTED),
                        Function.identity(),
                        (newer, older) -> newer));
    }

    private Change change(Service service, AuditEntry entry, Optional<Commit> rendered) {
        String path = GitOpsPaths.manifests(service.name());
        String manifests = rendered.flatMap(commit ->
                        world.repository().readText(commit.id(), List.of(path)).find(path))
                .map(text -> Digest.of(text).hex())
                .orElse("");
        List<Approval> agreed = entry.release() == null ? List.of() : agreed(service, entry, manifests);
        String rollout = Optional.ofNullable(entry.release())
                .map(Release::image)
                .map(image -> health.get(GitOpsPaths.health(service.name(), entry.environment(), image.digest())))
                .map(found -> found.status().name().toLowerCase(Locale.ROOT) + " since "
                        + found.since().truncatedTo(ChronoUnit.SECONDS) + ": " + found.evidence())
                .orElse("");
        return new Change(
                service.name().value(),
                AuditRow.of(rendered.map(commit ->
                                entry.with(GateTrailers.about(service.name(), new Trailers(commit.trailers()))))
                        .orElse(entry)),
                new Duties(world.platform(), world.known(entry.environment()), perhapsOne)
                        .violations(entry, agreed, () -> authors(service, entry)),
                agreed.stream().map(Approval::sentence).toList(),
                manifests,
                rendered.map(commit -> commit.id().value()).orElse(""),
                rollout);
    }

    /** Those who said yes to exactly this before it landed; a yes that a later rollback voided was one then. */
    private List<Approval> agreed(Service service, AuditEntry entry, String manifests) {
        String fingerprint = manifests.isEmpty()
                ? world.approvable(service.name(), entry.environment(), entry.commit())
                : Fingerprint.ofManifests(service.name(), entry.environment(), manifests);
        return said.stream()
                .filter(one -> one.service().equals(service.name())
                        && one.environment().equals(entry.environment())
                        && one.fingerprint().equals(fingerprint))
                .flatMap(one -> then(one, entry).stream())
                .filter(one -> one.verdict() == Verdict.VOID
                        || (one.verdict() == Verdict.YES
                                && !one.at().truncatedTo(ChronoUnit.SECONDS).isAfter(entry.at())))
                .toList();
    }

    /** What the person said when it landed, if they changed their word since: a second one replaces the file of the first. */
    private Optional<Approval> then(Approval now, AuditEntry entry) {
        boolean later = now.at().truncatedTo(ChronoUnit.SECONDS).isAfter(entry.at());
        if (!later || (now.verdict() != Verdict.NO && now.verdict() != Verdict.WITHDRAWN)) {
            return Optional.of(now);
        }
        Records records = world.records();
        String path = now.path();
        return world.repository().history(GitOpsPaths.RECORDS, path, TenantWorld.LOOK_BACK).stream()
                .flatMap(commit -> world.repository().readText(commit.id(), List.of(path)).find(path).stream())
                .flatMap(text -> records.approval(path, text, told -> {}).stream())
                .filter(one -> !one.at().truncatedTo(ChronoUnit.SECONDS).isAfter(entry.at()))
                .findFirst();
    }

    private Optional<Authors> authors(Service service, AuditEntry entry) {
        try {
            Authors found = silent.containsKey(service.name())
                    ? silent.get(service.name())
                    : world.authors().built(service, entry.before(), entry.release());
            // Sources that are out of reach are not waited for at each of its changes.
            found.problem()
                    .filter(why -> why.kind() == FailureKind.EXTERNAL)
                    .ifPresent(why -> silent.put(service.name(), found));
            found.problem()
                    .ifPresent(why -> notices.add("who wrote " + service.name() + " "
                            + entry.release().version() + " is not known: " + why.sentence()));
            return Optional.of(found);
        } catch (FailureException unread) {
            notices.add(unread.failure().sentence());
            return Optional.empty();
        }
    }

    /**
     * Whether one person had more than one say in a change, as the environment's policy is now.
     *
     * @param perhapsOne takes two names each of which nobody can tell whose they are
     */
    private record Duties(Platform platform, Environment environment, Set<String> perhapsOne) implements Serializable {
        /**
         * What speaks against it, as sentences.
         *
         * @param authors who wrote what came; asked only where somebody agreed
         */
        List<String> violations(AuditEntry entry, List<Approval> agreed, Supplier<Optional<Authors>> authors) {
            Trust trust = platform.trust();
            List<String> found = new ArrayList<>();
            boolean recorded = entry.override() != null;
            boolean forced =
                    recorded || !entry.trailers().get(Trailers.OVERRIDE).isEmpty();
            if (forced && (!recorded || entry.override().confirmed().isEmpty())) {
                found.add("gates were passed by force, and no second person confirmed it");
            } else if (recorded && entry.override().late()) {
                found.add("gates were passed by force, and a second person confirmed it too late");
            }
            Optional<Proof> asked = entry.trailers().proof();
            for (Approval one : agreed) {
                if (trust.person(one.by()).equals(trust.person(entry.by()))) {
                    found.add(one.by() + " asked for it and agreed to it");
                } else if (asked.filter(Proof.MACHINE::equals).isEmpty()) {
                    apart(one, entry.by(), asked, "who asked for it").ifPresent(found::add);
                }
            }
            if (!agreed.isEmpty()) {
                authors.get().ifPresent(known -> agreed.stream()
                        .filter(one -> known.include(one.by(), trust))
                        .forEach(one -> found.add(one.by() + " wrote a part of it and agreed to it")));
            }
            List<Approval> people = new ArrayList<>();
            for (Approval one : agreed) {
                if (people.stream().noneMatch(other -> trust.person(one.by()).equals(trust.person(other.by())))) {
                    people.stream()
                            .flatMap(other ->
                                    apart(one, other.by(), Optional.of(other.proof()), "who agreed as well").stream())
                            .forEach(found::add);
                    people.add(one);
                }
            }
            int required = environment.approvals().required();
            boolean rollback = !entry.trailers().get(Trailers.ROLLBACK).isEmpty();
            if (entry.release() != null && !rollback && people.size() < required) {
                found.add(people.size() + " of " + required + " people agreed to it before it came");
            }
            return found;
        }

        /** What speaks against two people, where two names are nearly one. What only does not speak for them is told together. */
        private Optional<String> apart(Approval one, String other, Optional<Proof> otherBy, String what) {
            Trust trust = platform.trust();
            boolean known = trust.knows(one.by()) && trust.knows(other);
            boolean alike = PersonName.mayBeOne(one.by(), other)
                    || PersonName.deceptive(one.by())
                    || PersonName.deceptive(other);
            if (!known && alike) {
                return Optional.of(one.by() + " agreed to it, and may be " + other + ", " + what);
            }
            Proof by = otherBy.orElse(Proof.UNVERIFIED);
            boolean proven = one.proof().ofPerson() && by.ofPerson();
            if (!proven || !trust.areTwo(one.by(), one.proof(), other, by)) {
                perhapsOne.add(one.by() + " (" + one.proof().word() + ") and " + other + " ("
                        + otherBy.map(Proof::word).orElse("by what proof is not known") + ")");
            }
            return Optional.empty();
        }
    }
}
