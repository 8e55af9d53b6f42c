package io.imaas.plan.promotion;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Trust;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.gate.PastedCommand;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides how a person's yes is kept: bound to the content as it is now. */
public record ApprovalPlanner(Tenant tenant, Trust trust) implements Serializable {
    /** A record is for people: so many objects, and so many characters of each. */
    private static final int LINES = 100;

    private static final int LINE = 1000;

    /**
     * What can be approved.
     *
     * @param fingerprints by service, what would come
     * @param running services of which nothing would come that does not run already
     * @param promotion that would bring it
     * @param state in which that was found out, with what people said before
     */
    public record Approvable(
            Request request,
            EnvironmentName to,
            Map<ServiceName, String> fingerprints,
            Set<ServiceName> running,
            Plan promotion,
            GitOpsState state)
            implements Serializable {}

    /** A person's word. */
    public record Said(Approval.Verdict verdict, String reason, Proof proof) implements Serializable {
        private String word() {
            return switch (verdict) {
                case YES -> "Approve";
                case NO -> "Refuse";
                case WITHDRAWN, VOID -> "Withdraw the answer about";
                case OVERRIDE, CONFIRMED, ASKED -> throw new IllegalStateException(verdict + " is said elsewhere");
            };
        }
    }

    /**
     * A word about everything that the promotion would bring.
     *
     * @param as the approver they count as; the door has verified that they may
     * @param said what they say, and how the door has verified who they are
     * @throws FailureException POLICY when that is not an approver of the environment
     */
    public Plan plan(Approvable wanted, String as, Said said) {
        ApprovalPolicy policy =
                tenant.environment(wanted.to()).map(Environment::approvals).orElse(ApprovalPolicy.NONE);
        List<String> approvers = policy.from();
        // Of what somebody takes back it is looked at what they said, and not whether they may still say it.
        if (said.verdict() != Approval.Verdict.WITHDRAWN && !approvers.contains(as)) {
            throw FailureException.policy(
                    as + " is not an approver of " + wanted.to(),
                    approvers.isEmpty() ? wanted.to() + " needs no approval" : "ask " + String.join(", ", approvers));
        }
        String by = wanted.request().actor();
        // Who takes a refusal back opens the gate as well. A refusal only closes it.
        if (said.verdict() != Approval.Verdict.NO
                && policy.provenOnly()
                && !said.proof().ofPerson()) {
            throw FailureException.policy(
                    "the name " + by + " is not proven, and " + wanted.to() + " accepts only proven names",
                    "say it in Jenkins or on the server's page, where you are logged in, or sign it with --ssh-key FILE");
        }
        Map<ServiceName, String> fingerprints = new LinkedHashMap<>(wanted.fingerprints());
        // Where the deployment server renders by itself, a push that waits for its review looks as if it ran.
        if (tenant.isRendered()) {
            fingerprints.keySet().removeAll(wanted.running());
        }
        if (fingerprints.isEmpty()) {
            return nothing(wanted, said);
        }
        List<Approval> words = new ArrayList<>();
        fingerprints.forEach((service, fingerprint) -> {
            Approval word = word(wanted, service, fingerprint, as, said);
            Optional<Approval> before = wanted.state().approvals().stream()
                    .filter(one -> one.path().equals(word.path()) && one.verdict() != Approval.Verdict.WITHDRAWN)
                    .findFirst();
            before.ifPresent(one -> requireProof(word, one));
            if (said.verdict() != Approval.Verdict.WITHDRAWN) {
                words.add(word);
            } else {
                before.ifPresent(one -> words.add(word(wanted, service, fingerprint, one.as(), said)));
            }
        });
        if (words.isEmpty()) {
            throw FailureException.policy(
                    by + " said nothing about this content that could be taken back",
                    wanted.to().value(),
                    "what others said they take back themselves");
        }
        Map<String, Statement> statements = new LinkedHashMap<>();
        words.forEach(word -> statements.put(word.path(), word.statement(tenant.name())));
        List<ServiceName> services = words.stream().map(Approval::service).toList();
        String title = title(wanted, said, services);
        Trailers trailers = Trailers.of(tenant.name(), services, wanted.to()).with(Trailers.ACTOR, by);
        KeepRecords commit = new KeepRecords(
                "approve",
                title,
                statements,
                title + " by " + by + " as " + words.get(0).as(),
                trailers.lines());
        return new Plan(
                title,
                wanted.request(),
                List.of(),
                List.of(StepGroup.of(commit)),
                notes(wanted.promotion()),
                wanted.promotion().changes());
    }

    private static Approval word(Approvable wanted, ServiceName service, String fingerprint, String as, Said said) {
        return new Approval(
                service,
                wanted.to(),
                fingerprint,
                said.verdict(),
                wanted.request().actor(),
                as,
                said.proof(),
                said.reason(),
                wanted.state().at(),
                said.verdict() == Approval.Verdict.WITHDRAWN ? "" : shown(wanted.promotion(), service));
    }

    private static String title(Approvable wanted, Said said, Collection<ServiceName> services) {
        String names = services.stream().map(ServiceName::value).collect(Collectors.joining(", "));
        return said.word() + " " + (names.isEmpty() ? "changes" : names) + " for " + wanted.to();
    }

    private Plan nothing(Approvable wanted, Said said) {
        String title = title(wanted, said, wanted.running());
        String why = wanted.fingerprints().isEmpty()
                ? "nothing new would come to " + wanted.to() + ", so there is nothing to approve"
                : wanted.to() + " runs exactly this already, so there is nothing to "
                        + (said.verdict() == Approval.Verdict.YES
                                ? "approve"
                                : "refuse: " + PastedCommand.of(tenant, "rollback", one(wanted), wanted.to())
                                        + " brings the release before back");
        return new Plan(
                title,
                wanted.request(),
                List.of(),
                List.of(StepGroup.of(new NotNeeded("approve", title, why))),
                List.of());
    }

    private static String one(Approvable wanted) {
        return wanted.running().size() == 1 ? wanted.running().iterator().next().value() : "SERVICE";
    }

    /**
     * Whoever only says a name takes back no refusal whose name was proven, and makes none of it that is not. Nor does who bears
     * the name in another system, unless the platform says whose it is: there anybody may have taken it.
     */
    private void requireProof(Approval word, Approval before) {
        if (before.verdict() != Approval.Verdict.NO || !before.proof().ofPerson()) {
            return;
        }
        if (!word.proof().ofPerson()) {
            throw FailureException.policy(
                    "the refusal by " + word.by() + " was proven, and the name " + word.by() + " is not proven now",
                    word.service() + " in " + word.environment(),
                    "say it in Jenkins or on the server's page, where you are logged in, or sign it with --ssh-key FILE");
        }
        if (before.proof() != word.proof() && !trust.knows(word.by())) {
            throw FailureException.policy(
                    "the refusal by " + word.by() + " (" + before.proof().word() + ") may be another person's than "
                            + word.by() + " (" + word.proof().word() + ")",
                    word.service() + " in " + word.environment(),
                    "take it back where it was said, or list who that is under 'people' in platform.yaml");
        }
    }

    /** The difference as the plan shows it to the person, for whoever asks later what it was that they agreed to. */
    private static String shown(Plan promotion, ServiceName service) {
        List<String> lines = promotion.changes().stream()
                .filter(change -> change.service().equals(service))
                .flatMap(change -> change.objects().stream())
                .map(object -> object.kind().name().toLowerCase(Locale.ROOT) + " " + object.type() + " " + object.name()
                        + (object.detail().isEmpty() ? "" : ": " + object.detail()))
                .map(line -> line.length() > LINE ? line.substring(0, LINE) + "…" : line)
                .toList();
        Stream<String> more =
                lines.size() > LINES ? Stream.of("and " + (lines.size() - LINES) + " more") : Stream.empty();
        return Stream.concat(
                        Stream.concat(
                                Stream.of(promotion.title()), lines.stream().limit(LINES)),
                        more)
                .collect(Collectors.joining("\n"));
    }

    /** A yes may come before the gates open, but whoever says it sees them, and what would change. */
    private static List<String> notes(Plan promotion) {
        List<String> notes = new ArrayList<>();
        promotion.closedGates().stream()
                .filter(gate -> gate.waitsFor() != WaitsFor.APPROVAL)
                .map(gate -> "still closed: " + gate.gate() + ", " + gate.found() + " (" + gate.opening() + ")")
                .forEach(notes::add);
        return notes;
    }
}
