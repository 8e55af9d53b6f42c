package io.imaas.plan.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.OpenPullRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class PromotionPlannerTest {
    private final Scene scene = new Scene();

    @Test
    void aHealthyReleaseIsCopiedByteForByteAndAwaited() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        Plan plan = scene.promote("dev", "test");

        assertThat(plan.closedGates()).isEmpty();
        CommitFiles commit = only(plan, CommitFiles.class);
        assertThat(commit.files()).containsEntry("services/api/release.yaml", "release of api 1.0.0 # keep\n");
        assertThat(commit.branch().value()).isEqualTo("test");
        assertThat(commit.trailers()).containsEntry("Imaas-From", "dev");
        assertThat(only(plan, AwaitRollout.class).image())
                .isEqualTo(scene.release("api", "1.0.0").image());
    }

    @Test
    void assumedHealthOpensTheGateAndIsWrittenDown() {
        scene.runs("api", "dev", "1.0.0", null);
        Plan plan = scene.assumingHealth().promote("dev", "test");

        assertThat(plan.closedGates()).isEmpty();
        assertThat(only(plan, CommitFiles.class).trailers()).containsEntry("Imaas-Assumed", "healthy in dev");
    }

    @Test
    void whoIsNoApproverCannotApprove() {
        scene.approvers("test", "@acme/leads").runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThatThrownBy(() -> scene.approve("dev", "test", "@mallory"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY));
    }

    @Test
    void whoIsEntitledOpensGatesByForceAndItIsWrittenDown() {
        scene.runs("api", "dev", "1.0.0", null);
        Plan plan = scene.overriding("outage").promote("dev", "test");

        assertThat(plan.closedGates()).isEmpty();
        assertThat(only(plan, CommitFiles.class).trailers()).containsEntry("Imaas-Override", "order: outage");
        KeepRecords record = only(plan, KeepRecords.class);
        assertThat(plan.steps().findFirst()).hasValue(record);
        assertThat(record.statements().keySet())
                .containsExactly(only(plan, CommitFiles.class).trailers().get("Imaas-Override-Record"));
        assertThat(record.statements().values()).singleElement().satisfies(said -> assertThat(said.said())
                .containsEntry("reason", "order: outage")
                .containsEntry("proof", "jenkins"));
    }

    @Test
    void whoIsNotEntitledOpensNothing() {
        scene.runs("api", "dev", "1.0.0", null);

        assertThatThrownBy(() -> scene.overriding("please").as("@mallory").promote("dev", "test"))
                .hasMessageContaining("may not override");
        for (Proof unproven : List.of(Proof.UNVERIFIED, Proof.MACHINE)) {
            assertThatThrownBy(() -> scene.proven(unproven).as("@admin").promote("dev", "test"))
                    .hasMessageContaining("is not proven");
        }
    }

    private static Approval word(String who, Verdict verdict, Proof proof, Instant at) {
        return new Approval(
                new ServiceName("api"),
                new EnvironmentName("test"),
                "f".repeat(64),
                verdict,
                who,
                "@a",
                proof,
                "",
                at,
                "");
    }

    @Test
    void onlyASecondProvenPersonConfirmsAnOverrideAndOnlyAfterwards() {
        Instant then = Scene.NOW;
        Approval override = word("@Ann", Verdict.OVERRIDE, Proof.JENKINS, then);
        Platform platform = scene.platform();
        BiFunction<Approval, Duration, ForcedChange> seen =
                (said, later) -> ForcedChange.of(platform, List.of(said, override), then.plus(later))
                        .get(0);
        Duration hour = Duration.ofHours(1);

        Approval bob = word("@bob", Verdict.CONFIRMED, Proof.OIDC, then.plus(hour));
        assertThat(seen.apply(bob, hour).standing()).startsWith("override confirmed by @bob");
        assertThat(seen.apply(bob, hour).open()).isFalse();
        for (Approval none : List.of(
                word("ann", Verdict.CONFIRMED, Proof.OIDC, then.plus(hour)),
                word("@bob", Verdict.CONFIRMED, Proof.UNVERIFIED, then.plus(hour)),
                word("@bob", Verdict.YES, Proof.OIDC, then.plus(hour)),
                word("@bob", Verdict.CONFIRMED, Proof.OIDC, then.minus(hour)))) {
            assertThat(seen.apply(none, Duration.ofHours(23)).standing()).startsWith("to be confirmed");
            assertThat(seen.apply(none, Duration.ofHours(24)).standing()).startsWith("OVERRIDE NOT CONFIRMED");
        }
        Approval late = word("@bob", Verdict.CONFIRMED, Proof.OIDC, then.plus(Duration.ofHours(25)));
        assertThat(seen.apply(late, Duration.ofDays(9)).standing()).contains("LATE");
    }

    @Test
    void whatIsThereAlreadyIsNotCommittedAgain() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY);
        Plan plan = scene.promote("dev", "test");

        assertThat(plan.steps()).singleElement().isInstanceOf(NotNeeded.class);
    }

    @Test
    void whatIsThereButUnprovenIsAwaited() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY).runs("api", "test", "1.0.0", null);

        Plan plan = scene.promote("dev", "test");
        assertThat(plan.steps()).anyMatch(AwaitRollout.class::isInstance);
        assertThat(only(plan, CommitFiles.class).mergedFrom())
                .as("nothing arrives, so nothing is merged")
                .isNull();
    }

    @Test
    void aPromotionNamesTheCommitThatItsFilesComeFrom() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .runs("sync", "dev", "2.0.0", HealthRecord.Status.HEALTHY);

        assertThat(only(scene.promote("dev", "test"), CommitFiles.class).mergedFrom())
                .isEqualTo(scene.head("dev"));
        assertThat(only(scene.only("api").promote("dev", "test"), CommitFiles.class)
                        .mergedFrom())
                .isEqualTo(scene.head("dev"));
    }

    @Test
    void aServiceThatSkipsAnEnvironmentTravelsThroughItAndIsReviewedOnItsOwnPath() {
        scene.path("sync", "dev", "prod").runs("sync", "dev", "2.0.0", HealthRecord.Status.HEALTHY);
        Plan through = scene.promote("dev", "test");

        assertThat(through.gates()).isEmpty();
        assertThat(only(through, CommitFiles.class).files()).containsKey("services/sync/release.yaml");
        assertThat(through.steps()).noneMatch(AwaitRollout.class::isInstance);

        scene.runs("sync", "test", "2.0.0", null);
        Plan arriving = scene.promote("test", "prod");
        assertThat(arriving.closedGates()).isEmpty();
        assertThat(arriving.steps()).anyMatch(AwaitRollout.class::isInstance);
    }

    @Test
    void anUnknownServiceIsTheUsersMistake() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThatThrownBy(() -> scene.only("apo").promote("dev", "test")).hasMessageContaining("apo");
    }

    @Test
    void aMergeOfTheServicesOwnBranchesFindsTheReleaseOfItsSources() {
        scene.runs("api", "dev", "1.1.0", HealthRecord.Status.HEALTHY)
                .once("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        Plan plan = scene.only("api").sources("1.0.0").promote("dev", "test");

        assertThat(plan.closedGates()).isEmpty();
        CommitFiles commit = only(plan, CommitFiles.class);
        assertThat(commit.files()).containsEntry("services/api/release.yaml", "release of api 1.0.0 # keep\n");
    }

    @Test
    void theMigrationGoesAlongHoweverTheReleaseIsFoundAndWithoutOneItIsTakenAway() {
        Migration migration = new Migration(
                MigrationTool.FLYWAY,
                ImageRef.parse("docker.io/flyway/flyway@sha256:" + "f".repeat(64)),
                "db",
                new TreeMap<>(Map.of("V1__a.sql", "x")));
        scene.runs("api", "dev", "1.1.0", HealthRecord.Status.HEALTHY)
                .migration("api", "dev", migration)
                .once("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        String path = "services/api/migration.yaml";

        assertThat(only(scene.only("api").promote("dev", "test"), CommitFiles.class)
                        .files())
                .containsEntry(path, migration.text());
        assertThat(only(scene.sources("1.0.0").promote("dev", "test"), CommitFiles.class)
                        .files())
                .containsEntry(path, migration.text());
        Scene without = new Scene()
                .runs("api", "dev", "1.1.0", HealthRecord.Status.HEALTHY)
                .runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY)
                .migration("api", "test", migration);
        assertThat(only(without.promote("dev", "test"), CommitFiles.class).files())
                .containsEntry(path, null);
    }

    @Test
    void sourcesThatWereNeverBuiltAreNotPromoted() {
        scene.runs("api", "dev", "1.1.0", HealthRecord.Status.HEALTHY);

        assertThatThrownBy(() -> scene.only("api").sources("9.9.9").promote("dev", "test"))
                .hasMessageContaining("never had a release of api built from these sources");
    }

    @Test
    void whereThePolicyWantsItPeopleMergeAPullRequest() {
        scene.pullRequests("test").runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        Plan plan = scene.promote("dev", "test");

        assertThat(only(plan, CommitFiles.class).branch().value()).startsWith("imaas/to-test/");
        assertThat(only(plan, CommitFiles.class).mergedFrom()).isEqualTo(scene.head("test"));
        assertThat(only(plan, OpenPullRequest.class).body()).contains("order");
        assertThat(plan.steps()).noneMatch(AwaitRollout.class::isInstance);
    }

    private static <T> T only(Plan plan, Class<T> type) {
        List<T> found = plan.steps().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
