package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.app.assembly.Assembly;
import io.imaas.cli.Main;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.report.Json;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The same request gives the same plan at every door: as words of a command line, and as named texts of a Pipeline. */
class ParityTest {
    private static final String IMAGE = "registry.example.org/orders/order-api@sha256:" + "1".repeat(64);
    /** Stands for one that the branch dev holds. */
    private static final String COMMIT = "c".repeat(40);

    @TempDir
    Path folder;

    private static final Actor ANN = Actor.unverified("@ann");

    private World world;
    private Assembly assembly;

    @BeforeEach
    void aPlatformWithReleases() throws Exception {
        world = new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"));
        world.released("dev", world.release("1.0.0", null));
        world.released("dev", world.release("2.0.0", null));
        for (Map.Entry<String, String> file : world.metadata().entrySet()) {
            Path path = folder.resolve("platform").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        // As the Jenkins plugin assembles a tenant's ports.
        assembly = new Assembly(folder.resolve("cache"));
        assembly.key(TestKey.file())
                .git(GitSettings.of(folder.resolve("cache/git"), GitAccess.anonymous(), assembly.clock()))
                .registry(RegistryCredentials.none())
                .charts();
    }

    @AfterEach
    void close() {
        assembly.close();
        world.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        List.of("promote", "order-api", "dev", "test", "--reason", "fair", "--assume-healthy"),
                        Map.of(
                                "intent", "promote",
                                "services", "order-api",
                                "service", "order-api",
                                "from", "dev",
                                "to", "test",
                                "reason", "fair",
                                "assumeHealthy", "true")),
                Arguments.of(
                        List.of("promote", "dev", "test"), Map.of("intent", "promote", "from", "dev", "to", "test")),
                Arguments.of(
                        List.of("approve", "order-api", "prod", "--as", "@acme/leads"),
                        Map.of("intent", "approve", "services", "order-api", "to", "prod", "as", "@acme/leads")),
                Arguments.of(
                        List.of("approve", "order-api", "prod", "--as", "@acme/leads", "--refuse", "too late"),
                        Map.of(
                                "intent",
                                "refuse",
                                "services",
                                "order-api",
                                "to",
                                "prod",
                                "as",
                                "@acme/leads",
                                "reason",
                                "too late")),
                Arguments.of(
                        List.of("approve", "order-api", "prod", "--as", "@acme/leads", "--withdraw"),
                        Map.of("intent", "withdraw", "services", "order-api", "to", "prod", "as", "@acme/leads")),
                Arguments.of(
                        List.of("approve", "order-api", "prod", "--confirm-override"),
                        Map.of("intent", "confirm", "services", "order-api", "to", "prod")),
                Arguments.of(
                        List.of(
                                "approve",
                                "order-api",
                                "dev",
                                "--as",
                                "@acme/leads",
                                "--image",
                                IMAGE,
                                "--version",
                                "3.0.0"),
                        Map.of(
                                "intent", "approve",
                                "services", "order-api",
                                "to", "dev",
                                "as", "@acme/leads",
                                "image", IMAGE,
                                "version", "3.0.0")),
                Arguments.of(
                        List.of("rollback", "order-api", "dev", "--to", "1.0.0", "--reason", "errors"),
                        Map.of(
                                "intent", "rollback",
                                "service", "order-api",
                                "environment", "dev",
                                "release", "1.0.0",
                                "reason", "errors")),
                Arguments.of(
                        List.of("resume", "order-api", "dev"),
                        Map.of("intent", "resume", "service", "order-api", "environment", "dev")),
                Arguments.of(
                        List.of(
                                "release",
                                "order-api",
                                "dev",
                                "--image",
                                IMAGE,
                                "--version",
                                "3.0.0",
                                "--build",
                                "hand"),
                        Map.of(
                                "intent", "release",
                                "service", "order-api",
                                "environment", "dev",
                                "image", IMAGE,
                                "version", "3.0.0")),
                Arguments.of(
                        List.of("rollout", "order-api", "dev", "--commit", COMMIT, "--image", IMAGE),
                        Map.of(
                                "intent", "rollout",
                                "service", "order-api",
                                "environment", "dev",
                                "commit", COMMIT,
                                "image", IMAGE)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theSameRequestGivesTheSamePlan(List<String> words, Map<String, String> texts) {
        String held =
                Git.in(folder.resolve("gitops.git")).run("rev-parse", "dev").strip();
        Map<String, String> named = new HashMap<>(texts);
        named.replace("commit", held);
        List<String> said =
                words.stream().map(word -> word.equals(COMMIT) ? held : word).toList();

        String plan = pipeline(() -> RequestReader.read(named, "hand"));
        assertThat(commandLine(said)).isEqualTo(plan).doesNotContain("does not hold");
    }

    @Test
    void whatTheBranchNeverHeldIsNotFollowed() {
        assertThat(commandLine(List.of("rollout", "order-api", "dev", "--commit", COMMIT, "--image", IMAGE)))
                .contains("branch dev does not hold commit " + COMMIT.substring(0, 10));
    }

    /** A form that was sent without its reason, or with two words at once. */
    @Test
    void aRefusalWithoutAReasonIsNeverAYes() {
        Map<String, String> approval = Map.of("intent", "approve", "services", "order-api", "to", "prod");
        for (Map<String, String> more : List.of(
                Map.of("refuse", " "),
                Map.of("intent", "refuse"),
                Map.of("refuse", "no", "withdraw", "true"),
                Map.of("withdraw", "true", "confirmOverride", "true"))) {
            Map<String, String> texts = new HashMap<>(approval);
            texts.putAll(more);
            assertThatThrownBy(() -> RequestReader.read(texts, "hand"))
                    .as(more.toString())
                    .isInstanceOf(FailureException.class)
                    .hasMessageMatching("(?s).*('refuse'|'reason') is missing.*|.*exclude each other.*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "dev", "feature"})
    void aPushGivesThePlanOfAPipeline(String branch) {
        CommitId commit = world.push(branch, Map.of("pom.xml", "<project/>"));
        SourceChange change = new SourceChange(
                new RepositoryUrl(world.url("sources").value()), commit, World.branch(branch), "build 7");

        assertThat(commandLine(List.of("deliver", folder.resolve("work").toString(), "--build", "build 7")))
                .isEqualTo(pipeline(() -> new DeliverRequest(change, BuildOptions.none())));
    }

    @Test
    void aReviewIsTheSame() {
        world.byHand("dev", "Look", Map.of("README.md", "read me\n"));

        assertThat(commandLine(List.of("review", "dev")))
                .isEqualTo(pipeline(() -> new ReviewRequest(new EnvironmentName("dev"), null, null, null)));
    }

    /** What the application answers to a door: a plan, or why there is none. */
    private String pipeline(Supplier<PlanRequest> request) {
        try {
            Imaas imaas = Imaas.on(assembly.ports().build(), world.catalog()).committing();
            return withoutTimes(
                    Json.pretty(imaas.plan(world.tenant(), request.get(), ANN).plan()));
        } catch (FailureException e) {
            return withoutTimes(Json.pretty(Map.of("failure", e.failure())));
        }
    }

    private static String withoutTimes(String json) {
        return json.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME").strip();
    }

    private String commandLine(List<String> words) {
        List<String> arguments = new ArrayList<>(words);
        arguments.addAll(List.of(
                "--platform",
                folder.resolve("platform").toString(),
                "--tenant",
                "orders",
                "--cache",
                folder.resolve("cache").toString(),
                "--actor",
                "@ann",
                "--dry-run",
                "--format",
                "json"));
        CommandLine line = Main.commandLine(
                Settings.of(Map.of("IMAAS_KEY", TestKey.file().toString()), Path.of("nowhere"), Path.of("nowhere")));
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        line.execute(arguments.toArray(String[]::new));
        return withoutTimes(out.toString());
    }
}
