package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.rollout.Migration;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.plan.Plan;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.StepGroup;
import io.imaas.report.PlanText;
import io.imaas.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts on their way from the sources to every environment: real repositories, the real chart, real Helm. */
class MigrationDeliveryTest {
    private static final String IMAGE = "docker.io/flyway/flyway@sha256:" + "f".repeat(64);
    private static final String LISTED = "policy: {manifests: {migrations: {flyway: [\"" + IMAGE + "\"]}}}\n";
    private static final String SETTINGS = "migration: {tool: flyway, secret: orders-db}\n";
    private static final String V1 = "db/migration/V1__orders.sql";

    @TempDir
    Path folder;

    @Nested
    class FromTheSources {
        @Test
        void thePlanTellsTheNewScriptsAndCarriesThemAll() {
            try (World world = world(LISTED)) {
                there(world, Map.of("V1__orders.sql", "create table orders (id int);\n"));

                IntendedPlan plan = planned(
                        world,
                        Map.of(V1, "create table orders (id int);\r\n", "db/migration/V2__more.sql", "select 2;\n"));

                assertThat(plan.plan().gates()).anySatisfy(gate -> {
                    assertThat(gate.gate()).isEqualTo("migration");
                    assertThat(gate.found()).isEqualTo("will run 1 new migration script: V2__more.sql");
                });
                assertThat(plan.plan().notes())
                        .containsExactly("order-api -> dev: will run 1 new migration script: V2__more.sql");
                assertThat(step(plan.plan()).migration())
                        .isEqualTo(migration(Map.of(
                                        "V1__orders.sql", "create table orders (id int);", "V2__more.sql", "select 2;"))
                                .text());
            }
        }

        @Test
        void aScriptThatChangedIsRefusedBeforeTheBuild() {
            try (World world = world(LISTED)) {
                there(world, Map.of("V1__orders.sql", "create table orders (id int);\n"));

                IntendedPlan plan = planned(world, Map.of(V1, "create table orders (id bigint);\n"));

                assertThat(plan.exitCode()).isEqualTo(5);
                assertThat(plan.plan().closedGates()).singleElement().satisfies(gate -> assertThat(gate.found())
                        .startsWith("V1__orders.sql ran in dev with the content "));
            }
        }

        @Test
        void aServiceThatHasNoMigrationAnyMoreTakesItAway() {
            try (World world = world(LISTED)) {
                assertThat(step(world.plan(World.branch("dev"), world.push("dev", Map.of("pom.xml", "<project/>")))
                                        .plan())
                                .migration())
                        .isEmpty();
            }
        }

        @Test
        void anImageThatIsNotListedIsRefusedWithWhereItIsListed() {
            String other = "evil.example.org/x@sha256:" + "e".repeat(64);
            try (World world = world(LISTED)) {
                refused(
                        world,
                        Map.of(
                                "imaas.yaml",
                                "migration: {tool: flyway, secret: db, image: \"" + other + "\"}\n",
                                V1,
                                "x"),
                        FailureKind.POLICY,
                        "the platform does not let " + other + " run migrations");
                refused(
                        world,
                        Map.of("imaas.yaml", "migration: {tool: liquibase, secret: db}\n", V1, "x"),
                        FailureKind.POLICY,
                        "no image that runs migrations with liquibase");
            }
        }

        @Test
        void aNameThatLeavesNoRoomForThatOfAJobIsToldBeforeTheBuild() {
            String name = "a" + "b".repeat(42);
            try (World world = new World(
                            folder, Map.of(name, "repository: 'file://" + folder.resolve("sources.git") + "'"))
                    .with("platform.yaml", LISTED)) {
                refused(world, Map.of(V1, "x"), FailureKind.INPUT, name + " has 43 characters");
            }
        }

        @Test
        void badSettingsAndScriptsAreRefusedWithTheirPlace() {
            try (World world = world(LISTED)) {
                refused(world, Map.of(), FailureKind.INPUT, "db/migration: there are no migration scripts");
                refused(world, Map.of("db/migration/notes.txt", "x"), FailureKind.INPUT, "db/migration/notes.txt");
                refused(
                        world,
                        Map.of("imaas.yaml", "migration: {tool: flyway}\n", V1, "x"),
                        FailureKind.INPUT,
                        "secret");
                refused(
                        world,
                        Map.of("imaas.yaml", "migration: {tool: sql, secret: db}\n", V1, "x"),
                        FailureKind.INPUT,
                        "flyway");
                refused(
                        world,
                        Map.of("imaas.yaml", "migration: {tool: flyway, secret: db, scripts: ../x}\n", V1, "x"),
                        FailureKind.INPUT,
                        "leads out of the repository");
            }
        }

        @Test
        void aPullRequestIsToldBeforeItIsMerged() {
            try (World world = world(LISTED)) {
                world.push("dev", Map.of("pom.xml", "<project/>"));
                CommitId commit = world.push("feature", Map.of("imaas.yaml", SETTINGS, "db/migration/V1.sql", "x"));

                assertThatThrownBy(() -> world.plan(World.branch("feature"), commit))
                        .isInstanceOf(FailureException.class)
                        .hasMessageContaining("db/migration/V1.sql");
            }
        }

        @Test
        void aLinkIsNoScript() throws Exception {
            try (World world = world(LISTED)) {
                world.push("dev", Map.of("imaas.yaml", SETTINGS, V1, "x"));
                Files.createSymbolicLink(folder.resolve("work/db/migration/V2__link.sql"), Path.of("/etc/passwd"));
                refused(world, Map.of(V1, "x"), FailureKind.INPUT, "symbolic link");
            }
        }

        @Test
        void argoCdThatRendersItselfRunsNoMigration() {
            try (World world = world(LISTED + "delivery: helm\n")) {
                refused(world, Map.of(V1, "x"), FailureKind.POLICY, "delivery: helm");
            }
        }

        private World world(String policy) {
            return new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"))
                    .with("platform.yaml", policy);
        }

        private void there(World world, Map<String, String> scripts) {
            world.released("dev", world.release("1.0.0", null));
            world.byHand(
                    "dev",
                    "Bring what a delivery brings",
                    Map.of(
                            "services/order-api/migration.yaml",
                            migration(scripts).text()));
        }

        private IntendedPlan planned(World world, Map<String, String> files) {
            Map<String, String> all = new HashMap<>(Map.of("imaas.yaml", SETTINGS));
            all.putAll(files);
            return world.plan(World.branch("dev"), world.push("dev", all));
        }

        private void refused(World world, Map<String, String> files, FailureKind kind, String words) {
            assertThatThrownBy(() -> planned(world, files)).isInstanceOfSatisfying(FailureException.class, refused -> {
                assertThat(refused.failure().kind()).isEqualTo(kind);
                assertThat(refused.failure().sentence() + refused.getMessage()).contains(words);
            });
        }
    }

    @Nested
    class ToTheEnvironments {
        private RenderedWorld world;
        private Catalog catalog;

        @Test
        void aPromotionCarriesItOnAndARollbackLeavesItAndSaysSo() throws Exception {
            begin(LISTED);
            release('a', migration(Map.of("V1__a.sql", "select 1;")));
            promote();
            release('b', migration(Map.of("V1__a.sql", "select 1;", "V2__b.sql", "select 2;")));
            assertThat(show("rendered/dev", "order-api/manifests.yaml"))
                    .contains("kind: Job")
                    .contains("  V2__b.sql: |\n    select 2;");

            IntendedPlan promotion = world.plan(catalog, promotion());
            assertThat(promotion.plan().gates()).anySatisfy(gate -> assertThat(gate.found())
                    .isEqualTo("will run 1 new migration script: V2__b.sql"));
            assertThat(PlanText.of(promotion.plan()))
                    .contains("note: order-api 1.0.98 -> test: will run 1 new migration script: V2__b.sql");
            promote();
            assertThat(show("test", "services/order-api/migration.yaml"))
                    .isEqualTo(show("dev", "services/order-api/migration.yaml"));
            String job = job("test");

            RollbackRequest back = new RollbackRequest(API, TEST, "", "slow");
            assertThat(world.plan(catalog, back).plan().notes())
                    .contains("migration scripts are not undone: 1.0.97 will run on the database as these left it:"
                            + " V2__b.sql");
            world.run(catalog, back);
            assertThat(show("test", "services/order-api/release.yaml")).contains("sha256:" + "a".repeat(64));
            assertThat(job("test")).isEqualTo(job);
        }

        @Test
        void aReleaseOfAKnownImageLeavesItAndOneWithoutTakesItAway() throws Exception {
            begin(LISTED);
            release('a', migration(Map.of("V1__a.sql", "select 1;")));
            String job = job("dev");

            world.run(catalog, RenderedWorld.release(API, 'b'));
            assertThat(job("dev")).isEqualTo(job);

            release('c', null);
            assertThat(world.git().run("ls-tree", "-r", "--name-only", "dev")).doesNotContain("migration.yaml");
            assertThat(show("rendered/dev", "order-api/manifests.yaml")).doesNotContain("kind: Job");

            assertThat(tried('d', migration(Map.of("V1__b.sql", "select 2;"))).failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.what())
                            .contains("V1__a.sql ran in dev with the content ")
                            .contains(" and comes as V1__b.sql with "));
            release('d', migration(Map.of("V1__a.sql", "select 1;")));
            assertThat(job("dev")).isEqualTo(job);
        }

        @Test
        void anImageThatIsNotListedDoesNotLand() throws Exception {
            begin("");
            RunResult result = tried('a', migration(Map.of("V1__a.sql", "select 1;")));

            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.failures()).singleElement().satisfies(failure -> assertThat(
                            failure.what() + failure.suggestion())
                    .contains(IMAGE)
                    .contains("policy.manifests.migrations"));
        }

        @Test
        void aScriptThatSomebodyPushesNeverRunsAndNeitherDoesOneOfTheValues() throws Exception {
            begin(LISTED);
            release('a', migration(Map.of("V1__a.sql", "select 1;")));
            String runs = show("rendered/dev", "order-api/manifests.yaml");

            world.checkout("dev");
            world.write(
                    "services/order-api/migration.yaml",
                    migration(Map.of("V1__a.sql", "select 1;", "V2__b.sql", "drop table x;"))
                            .text());
            world.push("dev");
            assertThat(world.tried(catalog, RenderedWorld.review(DirectChangePolicy.FLAG))
                            .failures())
                    .anySatisfy(failure -> assertThat(failure.what()).contains("migration.yaml was changed by hand"));
            world.run(catalog, RenderedWorld.review(DirectChangePolicy.REVERT));
            assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);

            world.checkout("dev");
            world.write("services/order-api/migration.yaml", "migration: {tool: flyway}\n");
            world.write(
                    "services/order-api/values.yaml",
                    "type: gateway\nmigration: {scripts: {V9__x.sql: drop table x}}\n");
            world.push("dev");
            assertThat(world.tried(catalog, RenderedWorld.review(DirectChangePolicy.FLAG))
                            .failures())
                    .anySatisfy(
                            failure -> assertThat(failure.what()).contains("it is not as the orchestrator writes it"));
            world.run(catalog, RenderedWorld.review(DirectChangePolicy.REVERT));
            assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        }

        private void begin(String policy) {
            world = new RenderedWorld(folder);
            catalog = world.catalog(policy);
            world.checkout("dev");
            world.write("services/order-api/values.yaml", "type: gateway\n");
            world.push("dev");
        }

        private void release(char digit, Migration migration) {
            assertThat(tried(digit, migration).failures()).isEmpty();
        }

        /** As a build's release lands: nobody knew it when the plan was made. */
        private RunResult tried(char digit, Migration migration) {
            IntendedPlan known = world.plan(catalog, RenderedWorld.release(API, digit));
            CommitRelease step = step(known.plan());
            CommitRelease carrying = new CommitRelease(
                    step.id(),
                    step.tenant(),
                    step.service(),
                    step.environment(),
                    step.release(),
                    step.image(),
                    step.actor(),
                    step.build(),
                    migration == null ? "" : migration.text());
            Plan plan = new Plan(
                    known.plan().title(),
                    known.plan().request(),
                    List.of(),
                    List.of(StepGroup.of(carrying)),
                    List.of());
            return world.imaas(catalog)
                    .run(
                            new IntendedPlan(known.intent(), known.tenant(), plan, known.services(), known.summary()),
                            event -> {});
        }

        private void promote() {
            world.run(catalog, promotion());
        }

        private PromoteRequest promotion() {
            return new PromoteRequest(List.of(API), DEV, TEST, null, "", true, "");
        }

        private String show(String branch, String path) {
            return world.show(branch, path);
        }

        /** The name of the Job that runs in an environment. */
        private String job(String environment) {
            return show("rendered/" + environment, "order-api/manifests.yaml")
                    .lines()
                    .filter(line -> line.matches("  name: \"?order-api-migration-[0-9a-f]{10}\"?"))
                    .toList()
                    .toString();
        }
    }

    private static CommitRelease step(Plan plan) {
        return plan.steps()
                .filter(CommitRelease.class::isInstance)
                .map(CommitRelease.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Migration migration(Map<String, String> scripts) {
        return new Migration(MigrationTool.FLYWAY, ImageRef.parse(IMAGE), "orders-db", new TreeMap<>(scripts));
    }
}
