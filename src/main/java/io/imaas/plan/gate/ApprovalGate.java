package io.imaas.plan.gate;

import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.plan.snapshot.ChartInputs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Open when as many of the environment's approvers as it wants have approved exactly this content. One refusal closes it
 * until it is withdrawn, whoever else has approved, and whatever the rules have become since.
 */
final class ApprovalGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Environment environment = question.environment();
        ApprovalPolicy policy = environment.approvals();
        // A promotion that people merge is approved there, and the review of that merge asks for it.
        boolean later = environment.mergedByPeople() && question.occasion() == Occasion.PROMOTION;
        List<Approval> ever = question.state().approvals().stream()
                .filter(word -> word.service().equals(question.service())
                        && word.environment().equals(environment.name()))
                .toList();
        boolean refusedOnce = ever.stream().anyMatch(word -> word.verdict() == Verdict.NO);
        if (later || (policy.asksNobody() && !refusedOnce)) {
            return Answer.notAsked();
        }
        String fingerprint = Fingerprint.of(question.candidate(), question.snapshot());
        List<Approval> said = ever.stream()
                .filter(word -> word.fingerprint().equals(fingerprint))
                .toList();
        // Nobody gets rid of a refusal by taking its team off the list of approvers.
        Optional<Approval> no =
                said.stream().filter(one -> one.verdict() == Verdict.NO).findFirst();
        if (no.isPresent()) {
            return refused(question, no.get());
        }
        if (policy.asksNobody()) {
            return Answer.notAsked();
        }
        List<String> beyond = Fingerprint.inputs(question.service(), question.snapshot())
                .map(ChartInputs::beyond)
                .orElse(List.of());
        if (!beyond.isEmpty()) {
            return Answer.closed(
                    "nobody can say what would run, since the deployment server reads more than is looked at: "
                            + String.join("; ", beyond),
                    question.again());
        }
        Map<String, Approval> counted = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        for (Approval yes : said) {
            if (!policy.from().contains(yes.as())) {
                continue;
            }
            if (yes.verdict() == Verdict.VOID) {
                ignored.add("the approval by " + yes.by() + " no longer counts: " + yes.reason());
            }
            if (yes.verdict() == Verdict.YES) {
                Optional<String> why = whyNot(question, yes).or(() -> notAnother(question, yes, counted.values()));
                why.ifPresent(ignored::add);
                if (why.isEmpty()) {
                    counted.putIfAbsent(question.platform().trust().person(yes.by()), yes);
                }
            }
        }
        return counted.size() >= policy.required()
                ? new AuthorRule(question)
                        .doubt()
                        .orElseGet(() -> Answer.open(
                                given(counted),
                                counted.values().stream().map(Approval::path).toList()))
                : missing(question, counted, ignored);
    }

    /** Why a yes does not count, in words; empty when it does. */
    private static Optional<String> whyNot(Question question, Approval yes) {
        ApprovalPolicy policy = question.environment().approvals();
        if (policy.provenOnly() && !yes.proof().ofPerson()) {
            return Optional.of("it is not proven that " + yes.by() + " approved it");
        }
        Optional<String> requester = policy.requesterMayNot() ? notTheRequester(question, yes) : Optional.empty();
        if (requester.isPresent()) {
            return requester;
        }
        if (new AuthorRule(question).wrote(yes.by())) {
            return Optional.of(yes.by() + " wrote a part of it and may not approve it");
        }
        if (policy.provenOnly()
                && yes.proof() == Proof.SSH_SIGNATURE
                && !question.platform().trust().isOf(yes.by(), yes.as())) {
            return Optional.of("it is not proven that " + yes.by() + " is a member of " + yes.as()
                    + ": 'teams' of the person in platform.yaml does not list it");
        }
        if (!policy.expire().isZero()) {
            Instant end = yes.at().plus(policy.expire());
            if (!question.now().isBefore(end)) {
                return Optional.of(
                        "the approval by " + yes.by() + " expired at " + end.truncatedTo(ChronoUnit.SECONDS));
            }
        }
        return Optional.empty();
    }

    /** A machine is nobody who could say yes, and who only says a name may say another's. */
    private static Optional<String> notTheRequester(Question question, Approval yes) {
        Actor requester = question.overrides().actor();
        Trust trust = question.platform().trust();
        if (requester.name().isEmpty()) {
            return Optional.empty();
        }
        if (trust.person(yes.by()).equals(trust.person(requester.name()))) {
            return Optional.of(yes.by() + " requested it and may not approve it");
        }
        if (requester.proof() == Proof.UNVERIFIED
                && question.environment().approvals().provenOnly()) {
            return Optional.of("it is not proven that " + requester + " requested it, so it may be " + yes.by()
                    + ": log in, or sign with --ssh-key");
        }
        return requester.proof() == Proof.MACHINE
                        || trust.areTwo(yes.by(), yes.proof(), requester.name(), requester.proof())
                ? Optional.empty()
                : Optional.of(maybeOne(yes, requester.name(), requester.proof()));
    }

    /** One person under two names is one: where nobody can tell, only the first counts. */
    private static Optional<String> notAnother(Question question, Approval yes, Collection<Approval> counted) {
        Trust trust = question.platform().trust();
        return counted.stream()
                .filter(one -> !trust.person(one.by()).equals(trust.person(yes.by()))
                        && !trust.areTwo(yes.by(), yes.proof(), one.by(), one.proof()))
                .findFirst()
                .map(one -> maybeOne(yes, one.by(), one.proof()));
    }

    private static String maybeOne(Approval yes, String other, Proof proof) {
        return "the approval by " + yes.by() + " (" + yes.proof().word()
                + ") does not count, because it may be the same person as " + other + " (" + proof.word()
                + "): list both under 'people' in platform.yaml";
    }

    private static String given(Map<String, Approval> counted) {
        return counted.values().stream().map(Approval::sentence).collect(Collectors.joining("; "));
    }

    private static Answer refused(Question question, Approval no) {
        return Answer.closedUntilApproved(
                no.by() + " as " + no.as() + " refused it at " + no.at().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + no.reason(),
                approve(question, "--withdraw", "--actor", no.by(), "--as", no.as()));
    }

    /** A chart is named by the platform's files, so the command needs the platform. */
    private static String approve(Question question, Object... more) {
        List<Object> words = new ArrayList<>(
                List.of("approve", question.service(), question.environment().name()));
        if (Set.of(Occasion.RELEASE, Occasion.LANDING).contains(question.occasion())) {
            // It is not in Git yet.
            Release release = question.candidate().release();
            words.addAll(List.of("--image", release.image()));
            if (!release.version().isEmpty()) {
                words.addAll(List.of("--version", release.version()));
            }
        }
        words.addAll(List.of(more));
        if (question.environment().approvals().provenOnly()) {
            // On the command line nothing else proves a name.
            words.addAll(List.of("--ssh-key", "~/.ssh/id_ed25519"));
        }
        if (question.occasion() != Occasion.CHART) {
            return question.command(words.toArray());
        }
        words.addAll(List.of("--chart", "--tenant", question.tenant().name()));
        return "imaas " + words.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static Answer missing(Question question, Map<String, Approval> counted, List<String> ignored) {
        Environment environment = question.environment();
        ApprovalPolicy policy = environment.approvals();
        String approvers = String.join(", ", policy.from());
        if (question.candidate().source().releaseFile() == null) {
            return Answer.closed(
                    environment.name() + " needs an approval of one of " + approvers
                            + ", and only a promotion can be approved",
                    question.again());
        }
        List<String> found = new ArrayList<>();
        found.add(
                counted.isEmpty() && policy.required() == 1
                        ? "none of " + approvers + " approved this content"
                        : counted.size() + " of " + policy.required() + " people of " + approvers
                                + " approved this content");
        if (!counted.isEmpty()) {
            found.add(given(counted));
        }
        found.addAll(ignored);
        return Answer.closedUntilApproved(String.join("; ", found), command(question, counted));
    }

    /** For one who may still say yes: people who did are left out. A person approves as nobody else. */
    private static String command(Question question, Map<String, Approval> counted) {
        List<String> from = question.environment().approvals().from();
        String as = from.stream()
                .filter(one -> !counted.containsKey(question.platform().trust().person(one)))
                .findFirst()
                .orElse(from.get(0));
        return as.contains("/") ? approve(question, "--as", as) : approve(question);
    }
}
