package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.PublishImage;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.testing.TestKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliverTest {
    private static final Map<String, String> SOURCES = Map.of("pom.xml", "<project/>");
    private static final String FORK_ONLY = "f".repeat(40);

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void oneService() {
        world = with(Map.of("order-api", ""));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private World with(Map<String, String> services) {
        Map<String, String> fields = new LinkedHashMap<>();
        services.forEach(
                (name, more) -> fields.put(name, "repository: 'file://" + folder.resolve("sources.git") + "'" + more));
        return new World(folder, fields);
    }

    @Test
    void theFirstEnvironmentsBranchIsBuiltAndDeliveredThere() {
        CommitId commit = world.push("dev", SOURCES);
        IntendedPlan plan = world.plan(World.branch("dev"), commit);

        assertThat(plan.intent()).isEqualTo(Intent.DELIVER);
        assertThat(ids(plan.plan()))
                .containsExactly("build", "check", "tests", "image", "provenance", "release", "rollout");
        assertThat(step(plan, CommitRelease.class).environment().value()).isEqualTo("dev");
        assertThat(step(plan, PublishImage.class).source()).isEqualTo(commit);
        assertThat(step(plan, CommitRelease.class).actor()).isEqualTo("@ann");
        assertThat(plan.plan().notes()).isEmpty();
        assertThat(plan.plan().steps().filter(PlannedStep::needsSources).map(PlannedStep::id))
                .containsExactly("build", "check", "tests", "image");
    }

    @Test
    void theTrunkIsDeliveredToTheFirstEnvironment() {
        assertThat(step(world.plan(World.branch("main"), world.push("main", SOURCES)), CommitRelease.class)
                        .environment()
                        .value())
                .isEqualTo("dev");
        assertThat(world.plan(World.branch("master"), world.push("master", SOURCES))
                        .intent())
                .isEqualTo(Intent.DELIVER);
    }

    @Test
    void theVerifiedCommitIsBuiltEvenIfTheBranchHasMovedOn() {
        CommitId verified = world.push("dev", SOURCES);
        world.push("dev", Map.of("pom.xml", "<project>2</project>"));
        IntendedPlan plan = world.plan(World.branch("dev"), verified);

        assertThat(step(plan, PublishImage.class).source()).isEqualTo(verified);
        assertThat(step(plan, PublishImage.class).tree()).isEqualTo(world.tree(verified));
        assertThat(plan.plan().notes()).singleElement().asString().contains("has moved on");
    }

    @Test
    void aCommitThatItsBranchNoLongerHoldsIsNotDelivered() {
        CommitId lost = world.push("dev", SOURCES);
        world.rewrite("dev");

        assertKind(FailureKind.CONFLICT, () -> world.plan(World.branch("dev"), lost));
    }

    @Test
    void anyOtherBranchIsCheckedWithoutAComment() {
        IntendedPlan plan = world.plan(World.branch("feature/x"), world.push("feature/x", SOURCES));

        assertThat(plan.intent()).isEqualTo(Intent.CHECK);
        assertThat(ids(plan.plan())).containsExactly("build", "check", "tests");
    }

    @Test
    void aTagBecomesAnImageAndNoRelease() {
        IntendedPlan plan = world.plan(new SourceHead.Tag("v1"), world.push("dev", SOURCES));

        assertThat(plan.intent()).isEqualTo(Intent.IMAGE);
        assertThat(ids(plan.plan())).containsExactly("build", "check", "tests", "image", "provenance");
    }

    @Test
    void anImageOfTheVerySourcesIsNotBuiltAgain() {
        CommitId commit = world.push("dev", SOURCES);
        world.publish(step(world.plan(World.branch("dev"), commit), PublishImage.class), "passed");
        IntendedPlan again = world.plan(World.branch("dev"), commit);

        assertThat(again.plan().steps().filter(PlannedStep::needsSources)).isEmpty();
        assertThat(step(again, CommitRelease.class).release().version()).isEqualTo("1.0.0");
    }

    @Test
    void anImageThatSomebodyElsePushedAtThatTagIsNotTaken() {
        CommitId commit = world.push("dev", SOURCES);
        PublishImage step = step(world.plan(World.branch("dev"), commit), PublishImage.class);
        ImageRef image = world.push(step, "passed");
        assertThat(isBuilt(commit)).as("labels prove nothing").isTrue();

        world.attest(
                image,
                step.buildKey(),
                "passed",
                new DsseStatements(new KeyFile(world.folder().resolve("foreign.key"))));
        assertThat(isBuilt(commit)).as("a foreign signature").isTrue();
        world.attest(image, "key-of-another-build", "passed", TestKey.statements());
        assertThat(isBuilt(commit)).as("our word about another build").isTrue();
        world.attest(image, step.buildKey(), "passed", TestKey.statements());
        assertThat(isBuilt(commit)).isFalse();
    }

    private boolean isBuilt(CommitId commit) {
        return world.plan(World.branch("dev"), commit).plan().steps().anyMatch(PlannedStep::needsSources);
    }

    @Test
    void whereThePlatformScansAnImageIsUsedAgainAsLongAsItsScanIsYoungEnough() {
        world.with(
                "platform.yaml",
                "policy: {images: {vulnerabilities: {maxAge: 7d, scan: {command: [grype, '${image}', '${report}']}}}}\n");
        CommitId commit = world.push("dev", SOURCES);
        PublishImage step = step(world.plan(World.branch("dev"), commit), PublishImage.class);
        assertThat(step.scan().arguments()).startsWith("grype");
        ImageRef image = world.publish(step, "passed");

        assertThat(isBuilt(commit)).as("without a scan").isTrue();
        world.scan(image, Instant.parse("2026-11-13T09:59:00Z"));
        assertThat(isBuilt(commit)).as("with one of last week").isTrue();
        world.scan(image, Instant.parse("2026-11-20T09:00:00Z"));
        assertThat(isBuilt(commit)).as("with one of today").isFalse();
    }

    @Test
    void everythingThatABuildCanReadAndWhatItIsForMakesItAnother() {
        CommitId first = world.push("dev", SOURCES);
        String key = buildKey(World.branch("dev"), first, BuildOptions.none());

        assertThat(buildKey(new SourceHead.Tag("v1"), first, BuildOptions.none()))
                .isNotEqualTo(key);
        assertThat(buildKey(
                        World.branch("dev"), first, new BuildOptions("maven", List.of(), BuildOptions.ROLLOUT, null)))
                .isNotEqualTo(key);
        CommitId beside = world.push("dev", Map.of("elsewhere/parent.xml", "<project/>"));
        assertThat(buildKey(World.branch("dev"), beside, BuildOptions.none())).isNotEqualTo(key);
    }

    private String buildKey(SourceHead head, CommitId commit, BuildOptions options) {
        return step(world.plan(head, commit, options), PublishImage.class).buildKey();
    }

    @Test
    void aPullRequestIsCheckedAndToldWhatAMergeWouldDo() {
        world.released("dev", world.release("1.0.0", null));
        world.push("dev", SOURCES);
        CommitId head = world.push("change", Map.of("pom.xml", "<project>3</project>"));
        IntendedPlan plan = world.plan(pull("dev", false), head);
        ReportToPullRequest report = step(plan, ReportToPullRequest.class);

        assertThat(plan.intent()).isEqualTo(Intent.CHECK);
        assertThat(ids(plan.plan())).containsExactly("build", "check", "tests", "report");
        assertThat(report.about()).containsOnlyKeys("build", "check", "tests");
        assertThat(report.commit()).isEqualTo(head);
        assertThat(report.preview()).contains("goes to dev", "which has 1.0.0");
    }

    @Test
    void aPullRequestIntoALaterEnvironmentIsToldTheGates() {
        CommitId sources = world.push("dev", SOURCES);
        world.released("dev", world.release("1.0.0", world.tree(sources)));
        world.push("test", SOURCES);

        assertThat(step(world.plan(pull("test", false), sources), ReportToPullRequest.class)
                        .preview())
                .contains("from dev to test", "**closed**: order", "not yet seen healthy");
        CommitId other = world.push("change", Map.of("pom.xml", "<other/>"));
        assertThat(step(world.plan(pull("test", false), other), ReportToPullRequest.class)
                        .preview())
                .contains("refused as things are", "never had a release");
    }

    @Test
    void aForkSaysNeitherHowItIsBuiltNorWhoIsSpokenTo() {
        world.push(
                "dev",
                Map.of(
                        "pom.xml", "<project/>",
                        "imaas.yaml", "builder: maven\ntests: {servers: ['mi.example:9008']}\n"));
        IntendedPlan plan = world.plan(pull("dev", true), new CommitId(FORK_ONLY));

        assertThat(step(plan, BuildArtifact.class).builder()).isEqualTo("native");
        assertThat(step(plan, BuildArtifact.class).projectWrapper()).isFalse();
        assertThat(step(plan, RunUnitTests.class).servers())
                .singleElement()
                .satisfies(server -> assertThat(server.getHostString()).isEqualTo("mi.example"));
        assertThat(plan.plan().notes()).singleElement().asString().contains("fork");
    }

    @Test
    void whereTestsGateNoServerThatTheTenantChoseRunsThem() {
        world.with("platform.yaml", "policy: {noTests: fail}\n");
        CommitId commit = world.push(
                "dev", Map.of("pom.xml", "<project/>", "imaas.yaml", "tests: {servers: ['mi.evil.example:9008']}\n"));
        BuildOptions wishes = new BuildOptions(
                "", List.of(InetSocketAddress.createUnresolved("also.evil.example", 9008)), BuildOptions.ROLLOUT, null);

        IntendedPlan plan = world.plan(World.branch("dev"), commit, wishes);

        assertThat(step(plan, RunUnitTests.class).servers()).isEmpty();
        assertThat(plan.plan().notes()).anySatisfy(note -> assertThat(note).contains("its own servers run them"));
    }

    @Test
    void aLaterEnvironmentsBranchPromotesWhatWasBuiltFromTheSameSources() {
        CommitId built = world.push("dev", SOURCES);
        Release release = world.release("1.0.0", world.tree(built));
        CommitId landed = world.released("dev", release);
        CommitId merged = world.push("test", Map.of());

        IntendedPlan early = world.plan(World.branch("test"), merged);
        assertThat(early.intent()).isEqualTo(Intent.PROMOTE);
        assertThat(early.blocked()).isTrue();

        world.healthy("dev", release, landed);
        IntendedPlan plan = world.plan(World.branch("test"), merged);
        assertThat(plan.plan().closedGates()).extracting("gate").doesNotContain("order");
        assertThat(step(plan, CommitFiles.class).files()).containsKey("services/order-api/release.yaml");
        assertThat(step(plan, AwaitRollout.class).environment().value()).isEqualTo("test");
    }

    @Test
    void sourcesThatWereNeverDeliveredAreNotPromoted() {
        world.released("dev", world.release("1.0.0", null));
        CommitId merged = world.push("test", SOURCES);

        assertKind(FailureKind.INPUT, () -> world.plan(World.branch("test"), merged));
    }

    @Test
    void severalServicesOfARepositoryMakeOnePlanSideBySide() {
        world.close();
        world = fresh(Map.of("order-api", "", "order-sync", ", environments: [dev, prod]"));
        CommitId commit = world.push("dev", two());
        IntendedPlan plan = world.plan(World.branch("dev"), commit);

        assertThat(plan.plan().groups().get(0).steps())
                .extracting(PlannedStep::id)
                .containsExactly("order-api/build", "order-sync/build");
        PublishImage image = (PublishImage) plan.plan()
                .steps()
                .filter(step -> step.id().equals("order-sync/image"))
                .findFirst()
                .orElseThrow();
        assertThat(image.build()).isEqualTo("order-sync/build");
        assertThat(ids(plan.plan())).doesNotHaveDuplicates();
        BuildOptions one = BuildOptionsReader.read(Map.of("service", "order-sync", "timeout", 3));
        IntendedPlan alone = world.plan(World.branch("dev"), commit, one);
        assertThat(ids(alone.plan())).startsWith("build");
        assertThat(step(alone, AwaitRollout.class).timeout()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aServiceThatSkipsAnEnvironmentDoesNothingThere() {
        world.close();
        world = fresh(Map.of("order-sync", ", environments: [dev, prod]"));
        IntendedPlan plan = world.plan(World.branch("test"), world.push("test", SOURCES));

        assertThat(plan.intent()).isEqualTo(Intent.NOTHING);
        assertThat(plan.plan().steps()).allMatch(NotNeeded.class::isInstance);
        assertThat(plan.summary()).contains("order-sync skips test");
    }

    @Test
    void aServiceThatTheCatalogLacksIsToldWhereToAddIt() {
        CommitId commit =
                world.push("dev", Map.of("a/pom.xml", "", "imaas.yaml", "groups: [[{service: other, path: a}]]\n"));

        assertThatThrownBy(() -> world.plan(World.branch("dev"), commit))
                .hasMessageContaining("'other'")
                .hasMessageContaining("tenants/orders.yaml");
    }

    @Test
    void anothersRepositoryIsNotBuilt() {
        CommitId commit = world.push("dev", SOURCES);
        DeliverRequest gitops = new DeliverRequest(
                new SourceChange(world.url("gitops"), commit, World.branch("dev"), ""), BuildOptions.none());
        DeliverRequest unknown = new DeliverRequest(
                new SourceChange(world.url("unknown"), commit, World.branch("dev"), ""), BuildOptions.none());

        assertKind(FailureKind.POLICY, () -> world.plan(gitops, "@ann"));
        assertKind(FailureKind.INPUT, () -> world.plan(unknown, "@ann"));
    }

    @Test
    void anUnknownWishIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> BuildOptionsReader.read(Map.of("bilder", "maven")))
                .hasMessageContaining("did you mean 'builder'?");
        assertKind(FailureKind.INPUT, () -> BuildOptionsReader.read(Map.of("timeout", "soon")));
        assertKind(FailureKind.INPUT, () -> BuildOptionsReader.read(Map.of("timeout", 0)));
        assertKind(FailureKind.INPUT, () -> BuildOptionsReader.read(Map.of("testServers", "mi")));
        assertThat(BuildOptionsReader.read(Map.of("testServers", "a:1, b:2")).testServers())
                .hasSize(2);
        assertThat(BuildOptionsReader.read(Map.of("testServers", List.of("a:1"), "label", "x"))
                        .testServers())
                .hasSize(1);
    }

    private World fresh(Map<String, String> services) {
        folder = folder.resolve("fresh");
        assertThat(folder.toFile().mkdirs()).isTrue();
        return with(new java.util.TreeMap<>(services));
    }

    private static Map<String, String> two() {
        return Map.of(
                "api/pom.xml", "<api/>",
                "sync/pom.xml", "<sync/>",
                "imaas.yaml", "groups: [[{service: order-api, path: api}, {service: order-sync, path: sync}]]\n");
    }

    private static SourceHead pull(String target, boolean fork) {
        return new SourceHead.PullRequest(5, new BranchName(target), fork);
    }

    private static List<String> ids(Plan plan) {
        return plan.steps().map(PlannedStep::id).toList();
    }

    private static <S extends PlannedStep> S step(IntendedPlan plan, Class<S> kind) {
        return plan.plan()
                .steps()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void assertKind(FailureKind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, e -> assertThat(
                        e.failure().kind())
                .isEqualTo(kind));
    }
}
