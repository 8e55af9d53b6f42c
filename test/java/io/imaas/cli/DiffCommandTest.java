package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRepository;
import io.imaas.testing.Git;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels come from a registry that is really there, commits from a repository of the service. */
class DiffCommandTest {
    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private TinyImages images;
    private Git sources;
    private String first;

    @BeforeEach
    void twoReleases() throws Exception {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        images = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api"));
        CommandLineRun.bareRepository(folder);
        sources = Git.in(Files.createDirectories(folder.resolve("api")));
        sources.run("init", "-q", "-b", "dev");
        first = commit("Begin");
        release("1.0.0", first);
        run("promote", "api", "dev", "test", "--assume-healthy");
        commit("Answer with <b>JSON</b>");
        release("1.1.0", commit("Route by region"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void labelsAndCommitsBetweenTwoEnvironmentsAreTold() {
        CommandLineRun run = diff("--source", url());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("image labels  - version=1.0.0", "image labels  + version=1.1.0")
                .doesNotContain("io.imaas.tests=passed")
                .containsSubsequence("Pat  Route by region", "Pat  Answer with <b>JSON</b>")
                .doesNotContain("Pat  Begin");
    }

    @Test
    void theSameIsToldToMachines() throws Exception {
        JsonNode told = new ObjectMapper()
                .readTree(diff("--source", url(), "--format", "json").out());

        assertThat(told.path("commits").path("came")).hasSize(2);
        assertThat(told.path("commits").path("gone")).isEmpty();
        assertThat(told.path("commits").path("came").get(0).path("subject").asText())
                .isEqualTo("Route by region");
        assertThat(told.path("labels").get(0).asText()).isEqualTo("- version=1.0.0");
        assertThat(told.path("labelsNote").asText()).isEmpty();
    }

    @Test
    void thePageHasBothAndEscapesThem() throws Exception {
        Path page = folder.resolve("diff.html");
        assertThat(diff("--source", url(), "--report", page.toString()).exitCode())
                .isZero();

        assertThat(page)
                .content()
                .contains("<h2>image labels</h2>", "<h2>source commits</h2>", "Route by region")
                .contains("&lt;b&gt;JSON&lt;/b&gt;");
    }

    @Test
    void whatTheOtherWayRoundWouldGoIsToldAsGone() {
        CommandLineRun run = run("diff", "api", "test", "dev", "--source", url());

        assertThat(run.out()).contains("source commits  - ", "Route by region");
    }

    @Test
    void aRegistryAndARepositoryOutOfReachAreOneLineEachAndNoFailure() {
        registry.close();
        CommandLineRun run = diff("--source", "file://" + folder.resolve("nowhere"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("release.yaml  + version: 1.1.0")
                .contains("image labels  labels unknown: ")
                .contains("source commits  unknown: ");
        assertThat(run.out().lines().filter(line -> line.contains("unknown: "))).hasSize(2);
    }

    @Test
    void withoutASourceTheCommandToAskGitWithIsTold() {
        assertThat(diff("--no-labels").out())
                .contains("git log " + first.substring(0, 7))
                .doesNotContain("labels ");
    }

    @Test
    void thePlatformSaysWhereTheSourcesAre() throws Exception {
        CommandLineRun run = diff("--platform", platform());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Route by region");
    }

    @Test
    void anEnvironmentThatIsNotThereIsTheUsersMistake() {
        CommandLineRun run = run("diff", "api", "stage", "test");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("tenant orders has no environment 'stage'", "dev, test, prod");
    }

    @Test
    void statusOnAPlatformReadsTheTenantsOwnServicesAlone() throws Exception {
        run("release", "stranger", "dev", "--image", images.push("9.9.9").toString(), "--version", "9.9.9");

        assertThat(run("status").out()).contains("api", "stranger");
        assertThat(run("status", "--platform", platform()).out())
                .contains("api", "1.1.0", "1.0.0")
                .doesNotContain("stranger");
    }

    private String platform() throws IOException {
        Path platform = Files.createDirectories(folder.resolve("platform/tenants"));
        Files.writeString(
                platform.resolveSibling("platform.yaml"),
                "platform: acme\nregistries: [\"" + registry.address() + "/orders\"]\n");
        Files.writeString(
                platform.resolve("orders.yaml"),
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git")
                        + "\nquota: {cpu: 2, memory: 4Gi, pods: 4}\nservices:\n  - name: api\n    repository: " + url()
                        + "\n    type: gateway\n");
        return folder.resolve("platform").toString();
    }

    private String commit(String subject) {
        sources.run(
                "-c",
                "user.name=Pat",
                "-c",
                "user.email=pat@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                subject);
        return sources.run("rev-parse", "HEAD").strip();
    }

    private void release(String version, String commit) {
        CommandLineRun run = run(
                "release",
                "api",
                "dev",
                "--image",
                images.push(version).toString(),
                "--version",
                version,
                "--source-commit",
                commit);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    }

    private String url() {
        return "file://" + folder.resolve("api");
    }

    private CommandLineRun diff(String... more) {
        String[] arguments = new String[more.length + 3];
        System.arraycopy(new String[] {"api", "dev", "test"}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return run("diff", arguments);
    }

    private CommandLineRun run(String command, String... more) {
        return CommandLineRun.onGitOps(folder, command, more);
    }
}
