package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.GitWriter;
import io.imaas.model.record.Person;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.step.OpenPullRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalGateTest {
    private final Scene scene = new Scene();

    @Test
    void anApprovalIsAYesToThisContentAlone() {
        scene.approvers("test", "@acme/leads").runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("approval");

        scene.approve("dev", "test", "@acme/leads");
        assertThat(scene.promote("dev", "test").closedGates()).isEmpty();

        scene.values("api", "dev", "replicas: 7\n");
        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("approval");
    }

    @Test
    void whereTheServerMergesApproversAreAskedBeforeThePullRequestIsOpened() {
        scene.autoMerge("prod")
                .approvers("prod", "@acme/release-managers")
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.promote("test", "prod").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("approval");
        scene.approve("test", "prod", "@acme/release-managers");
        Plan approved = scene.promote("test", "prod");
        assertThat(approved.closedGates()).isEmpty();
        assertThat(approved.steps().filter(OpenPullRequest.class::isInstance).map(OpenPullRequest.class::cast))
                .singleElement()
                .satisfies(step -> assertThat(step.autoMerge()).isTrue());
    }

    private static final Instant NOW = Scene.NOW;

    private Scene asking(int required, boolean requesterMayNot, boolean provenOnly, Duration expire) {
        return scene.approvals(
                        "test",
                        new ApprovalPolicy(
                                required, List.of("@acme/leads"), requesterMayNot, false, provenOnly, expire))
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
    }

    private Optional<GateAnswer> closed() {
        return scene.promote("dev", "test").closedGates().stream()
                .filter(gate -> gate.gate().equals("approval"))
                .findFirst();
    }

    private void yes(String who) {
        scene.says(who, Verdict.YES, "dev", "test", Proof.JENKINS, NOW);
    }

    @Test
    void twoDifferentPeopleMustAgreeAndOneUnderTwoSpellingsIsOne() {
        asking(2, false, false, Duration.ZERO);
        yes("@ann");
        yes("ANN ");
        yes("@\uff41nn");
        assertThat(closed()).hasValueSatisfying(gate -> {
            assertThat(gate.found()).contains("1 of 2 people");
            assertThat(gate.whatOpensIt()).startsWith("imaas approve api test --as @acme/leads --tenant orders");
        });
        yes("@bob");
        assertThat(closed()).isEmpty();
    }

    @Test
    void whoAsksForItMayNotApproveItUnderAnySpelling() {
        asking(1, true, false, Duration.ZERO).askedBy("@Ann", Proof.JENKINS);
        yes("ann");
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found()).contains("may not approve it"));
        yes("@bob");
        assertThat(closed()).isEmpty();
    }

    /** Spaces, case and other forms of a letter are one name; what only looks the same is never a second person. */
    @ParameterizedTest
    @ValueSource(strings = {" ANN", "Ann\u00a0", "@\u0430nn", "ann\u200b", "a\u0578n", "\u202eann", "@\u00e4nn"})
    void aNameThatLooksLikeAnotherIsNoSecondPerson(String other) {
        asking(2, false, false, Duration.ZERO);
        yes("@ann");
        yes(other);
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found()).contains("1 of 2 people"));
        asking(1, true, false, Duration.ZERO).askedBy(other, Proof.JENKINS);
        assertThat(closed()).isPresent();
    }

    @Test
    void whoIsCalledOtherwiseInAnotherSystemIsNoSecondPersonUntilThePlatformSaysSo() {
        asking(2, true, false, Duration.ZERO).askedBy("@annb", Proof.JENKINS);
        yes("@bob");
        scene.says("ann@example.org", Verdict.YES, "dev", "test", Proof.OIDC, NOW);
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found())
                .contains("1 of 2 people", "the approval by ann@example.org (oidc) does not count")
                .contains("it may be the same person as @annb (jenkins): list both under 'people' in platform.yaml"));
        scene.people(KNOWN);
        assertThat(closed()).isPresent();
        scene.people(new Trust(List.of(), List.of(person("@annb"), person("ann@example.org"), person("@bob"))));
        assertThat(closed()).isEmpty();
        scene.people(new Trust(List.of(), List.of(person("@annb", "ann@example.org"), person("@bob"))));
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found()).contains("may not approve it"));
    }

    @Test
    void whoOnlySaysANameMayBeTheOneWhoSaysYes() {
        asking(1, true, true, Duration.ZERO).askedBy("@somebody", Proof.UNVERIFIED);
        yes("@ann");
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found())
                .contains("it is not proven that @somebody requested it, so it may be @ann", "--ssh-key"));
        scene.askedBy("jenkins", Proof.MACHINE);
        assertThat(closed()).isEmpty();
    }

    private static Person person(String name, String... aliases) {
        return new Person(name, List.of(aliases), List.of(), List.of());
    }

    @Test
    void aRefusalClosesTheGateWithItsReasonUntilItIsWithdrawn() {
        asking(1, false, false, Duration.ofHours(1));
        yes("@ann");
        scene.says("@bob", Verdict.NO, "dev", "test", Proof.JENKINS, NOW.minus(Duration.ofDays(9)));
        assertThat(closed()).hasValueSatisfying(gate -> {
            assertThat(gate.found()).contains("@bob as @acme/leads refused it", "not before the audit");
            assertThat(gate.whatOpensIt()).contains("--withdraw");
        });
        scene.says("@bob", Verdict.WITHDRAWN, "dev", "test", Proof.JENKINS, NOW);
        assertThat(closed()).isEmpty();
    }

    /** Otherwise whoever may change the tenant's file gets rid of a refusal, and nobody sees that it was one. */
    @ParameterizedTest
    @ValueSource(strings = {"@acme/others", ""})
    void aRefusalCountsThoughItsTeamIsAskedNoMoreUntilWhoSaidItTakesItBack(String others) {
        asking(1, false, false, Duration.ZERO).askedBy("@bob", Proof.JENKINS);
        scene.says("@bob", Verdict.NO, "dev", "test", Proof.JENKINS, NOW);
        yes("@ann");
        scene.approvals("test", others.isEmpty() ? ApprovalPolicy.NONE : ApprovalPolicy.oneOf(List.of(others)));
        assertThat(closed())
                .hasValueSatisfying(gate -> assertThat(gate.found()).contains("@bob as @acme/leads refused it"));
        Plan back = scene.word(Verdict.WITHDRAWN, "dev", "test", "@bob", Proof.JENKINS);
        assertThat(back.steps().map(Object::toString))
                .singleElement()
                .asString()
                .contains("as=@acme/leads");
        scene.askedBy("@ann", Proof.JENKINS);
        scene.says("@bob", Verdict.WITHDRAWN, "dev", "test", Proof.JENKINS, NOW);
        assertThat(closed().map(GateAnswer::found).orElse("")).doesNotContain("refused", "approved by");
        scene.askedBy("@eve", Proof.JENKINS);
        assertThatThrownBy(() -> scene.word(Verdict.WITHDRAWN, "dev", "test", "@eve", Proof.JENKINS))
                .hasMessageContaining("@eve said nothing about this content");
    }

    @Test
    void aProvenRefusalIsTakenBackByNobodyWhoBearsTheNameInAnotherSystemUnlessThePlatformKnowsThem() {
        asking(1, false, false, Duration.ZERO).askedBy("@annb", Proof.GIT_SERVER);
        scene.says("@annb", Verdict.NO, "dev", "test", Proof.JENKINS, NOW);
        for (Verdict word : List.of(Verdict.WITHDRAWN, Verdict.YES, Verdict.NO)) {
            assertThatThrownBy(() -> scene.word(word, "dev", "test", "@acme/leads", Proof.GIT_SERVER))
                    .hasMessageContaining(
                            "the refusal by @annb (jenkins) may be another person's than @annb (git server)");
        }
        assertThat(scene.word(Verdict.WITHDRAWN, "dev", "test", "@acme/leads", Proof.JENKINS)
                        .steps())
                .hasSize(1);
        scene.people(new Trust(List.of(), List.of(person("@annb"))));
        assertThat(scene.word(Verdict.WITHDRAWN, "dev", "test", "@acme/leads", Proof.GIT_SERVER)
                        .steps())
                .hasSize(1);
    }

    @Test
    void aYesExpires() {
        asking(1, false, false, Duration.ofHours(24));
        scene.says("@ann", Verdict.YES, "dev", "test", Proof.JENKINS, NOW.minus(Duration.ofHours(24)));
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found()).contains("expired at " + NOW));
        scene.says("@ann", Verdict.YES, "dev", "test", Proof.JENKINS, NOW.minus(Duration.ofHours(23)));
        assertThat(closed()).isEmpty();
    }

    @Test
    void whereNamesMustBeProvenAPersonsOwnWordIsNotEnough() {
        asking(1, false, true, Duration.ZERO);
        scene.says("@ann", Verdict.YES, "dev", "test", Proof.UNVERIFIED, NOW);
        assertThat(closed()).hasValueSatisfying(gate -> {
            assertThat(gate.found()).contains("is not proven");
            assertThat(gate.whatOpensIt()).contains("imaas approve", "--ssh-key ~/.ssh/id_ed25519");
        });
        scene.says("@ann", Verdict.YES, "dev", "test", Proof.MACHINE, NOW);
        assertThat(closed()).isPresent();
        scene.says("@ann", Verdict.YES, "dev", "test", Proof.OIDC, NOW);
        assertThat(closed()).isEmpty();
    }

    @Test
    void aChangeOfAValueAloneVoidsAllThatWasAgreedTo() {
        asking(1, false, false, Duration.ZERO);
        yes("@ann");
        scene.values("api", "dev", "replicas: 7\n");
        assertThat(closed()).isPresent();
    }

    @Test
    void thePlatformMayDemandMoreAndNeverLess() {
        ApprovalPolicy own = new ApprovalPolicy(1, List.of("@a/b"), false, false, true, Duration.ofDays(2));
        ApprovalPolicy least = new ApprovalPolicy(2, List.of(), true, true, false, Duration.ofHours(24));
        assertThat(own.atLeast(least))
                .isEqualTo(new ApprovalPolicy(2, List.of("@a/b"), true, true, true, Duration.ofHours(24)));
        assertThat(ApprovalPolicy.NONE.atLeast(least)).isEqualTo(ApprovalPolicy.NONE);
    }

    private static final Trust KNOWN = new Trust(
            List.of(),
            List.of(
                    new Person("@ann", List.of("Ann Berger", "ann@example.org"), List.of("@acme/leads"), List.of()),
                    new Person("@bob", List.of(), List.of(), List.of())));

    private Scene written(String... by) {
        return scene.approvals("test", new ApprovalPolicy(1, List.of("@acme/leads"), false, true, false, Duration.ZERO))
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .people(KNOWN)
                .written(Authors.of(
                        new ServiceName("api"),
                        Stream.of(by).map(GitWriter::of).toList(),
                        List.of(GitWriter.of("GitHub <noreply@github.com>"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ann Berger <ann@example.org>",
                "Somebody <ANN@Example.org>",
                "ann <>",
                "X <12345+Ann@users.noreply.github.com>",
                "X <77-ann@users.noreply.gitlab.com>",
                "x <ann@noreply.gitea.example.org>"
            })
    void whoWroteAPartOfItMayNotApproveItUnderAnySpelling(String author) {
        written(author);
        yes("@Ann");
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found()).contains("@Ann wrote a part of it"));
        yes("@bob");
        assertThat(closed()).isEmpty();
    }

    @Test
    void anAuthorWhomThePlatformDoesNotKnowMayBeAnybody() {
        written("Ann Berger <ann@example.org>", "B. <b@private.example>");
        yes("@bob");
        assertThat(closed()).hasValueSatisfying(gate -> {
            assertThat(gate.found()).contains("B. <b@private.example> wrote a part of it");
            assertThat(gate.whatOpensIt()).contains("aliases: [\"b@private.example\"]");
        });
    }

    @Test
    void whereNobodyCanTellWhoWroteItNobodysYesCounts() {
        written();
        scene.written(Authors.unknown(
                new ServiceName("api"),
                new Failure(FailureKind.EXTERNAL, "the Git server does not answer", "git.example.org", "")));
        yes("@bob");
        assertThat(closed()).hasValueSatisfying(gate -> {
            assertThat(gate.found()).contains("git.example.org: its authors are not known");
            assertThat(gate.kind()).isEqualTo(FailureKind.EXTERNAL);
        });
    }

    @Test
    void aSignatureProvesANameAndOnlyThePlatformSaysOfWhichTeam() {
        asking(1, false, true, Duration.ZERO).people(KNOWN);
        scene.says("@bob", Verdict.YES, "dev", "test", Proof.SSH_SIGNATURE, NOW);
        assertThat(closed()).hasValueSatisfying(gate -> assertThat(gate.found())
                .contains("it is not proven that @bob is a member of @acme/leads"));
        scene.says("@ann", Verdict.YES, "dev", "test", Proof.SSH_SIGNATURE, NOW);
        assertThat(closed()).isEmpty();
    }
}
