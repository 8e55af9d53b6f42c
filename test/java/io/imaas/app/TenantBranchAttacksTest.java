package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.run.RunResult;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.Yaml;

/**
 * What a tenant's developer may try with a push to the tenant's own branch: real repositories, the real chart, real Helm. One
 * service runs; whatever is tried with it, it goes on as it was, and its neighbour comes.
 */
class TenantBranchAttacksTest {
    private static final String EVIL =
            "image: {repository: evil.example.org/x, digest: \"sha256:" + "e".repeat(64) + "\"}";
    private static final String OWN = "services/order-api/env/dev.yaml";

    @TempDir
    static Path folder;

    private static RenderedWorld world;
    private static Catalog catalog;
    private static String runs;

    @BeforeAll
    static void twoServicesRun() throws Exception {
        world = RenderedWorld.ofTwoServices(folder);
        Map<String, String> files = new HashMap<>(world.files(""));
        files.put("policies/greeting.yaml", Files.readString(Path.of("test/fixtures/policies/no-shouting.yaml")));
        catalog = CatalogReader.read(files).orThrow();
        runs = world.show("rendered/dev", "order-api/manifests.yaml");
    }

    @BeforeEach
    void begin() {
        world.reset();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "120000, services/order-api/env/dev.yaml",
        "120000, services/order-api/values.yaml",
        "120000, services/order-api/release.yaml",
        "160000, services/order-api/env/dev.yaml",
        "160000, services/order-api/release.yaml"
    })
    void aSymbolicLinkOrSubmoduleInPlaceOfAFileIsNeverFollowed(String mode, String path) throws Exception {
        Files.writeString(hand(".target"), "../../order-sync/values.yaml");
        String id = mode.equals("160000")
                ? world.hand().run("rev-parse", "HEAD").strip()
                : world.hand().run("hash-object", "-w", ".target").strip();
        Files.delete(hand(".target"));
        world.hand().run("update-index", "--add", "--cacheinfo", mode + "," + id + "," + path);
        neighbour();

        refusedAlone("symbolic link or submodule");
    }

    /** Argo CD would apply each file of the folder, and Git check the manifests out as other characters. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLiesBesideTheManifestsIsToldAndTakenAway(boolean byReview) throws Exception {
        world.checkout("rendered/dev");
        for (String path : List.of("order-api/evil.yaml", "order-api/.argocd-source.yaml", ".gitattributes")) {
            world.write(path, "*.other working-tree-encoding=DIN_66003\n");
        }
        Files.createSymbolicLink(hand("order-api/link.yaml"), Path.of("../order-sync/manifests.yaml"));
        world.hand().run("add", "-A");
        world.push("rendered/dev");
        assertThat(world.imaas(catalog).overview(catalog.tenants().get(0)).rendered())
                .anySatisfy(state -> assertThat(state.behind()).contains(API));

        assertThat(run(byReview ? review() : release(API, 'b')).failures()).isEmpty();

        assertThat(world.git().run("ls-tree", "-r", "--name-only", "rendered/dev", ".gitattributes", "order-api/"))
                .isEqualTo("order-api/manifests.yaml\n");
    }

    @Test
    void aFileThatBecomesAFolderIsNoReasonToForgetWhatRuns() throws Exception {
        world.hand().run("rm", "-q", "services/order-api/release.yaml");
        write("services/order-api/release.yaml/values.yaml", EVIL + "\n");
        neighbour();

        run(review());

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).doesNotContain("evil.example.org");
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    @Test
    void anotherFileModeRunsNothingElse() throws Exception {
        world.hand().run("update-index", "--chmod=+x", "services/order-api/release.yaml");
        neighbour();

        assertThat(run(review()).failures()).isEmpty();

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(world.git().run("ls-tree", "rendered/dev", "order-api/")).startsWith("100644");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The last of two keys counts for one reader, the first for another.
                "replicas: 2\n%s\nreplicas: 2\n",
                "x: &x {%s}\n<<: *x\n",
                "global: &g {a: 1}\n%s\n",
                // Ends a line for YAML 1.1 alone.
                "# a note\u0085%s\n",
                "# a note\u2028%s\n",
                "--- {}\n---\n%s\n",
                "? image\n: {repository: evil.example.org/x, digest: \"sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\"}\n",
                "\"im\\u0061ge\": {repository: evil.example.org/x}\n",
                "!!map {%s}\n",
                "...\n%s\n",
                "replicas: 2\n...\n---\n%s\n",
                "&a image: {}\n? *a\n: {repository: evil.example.org/x}\n",
                "replicas: 2\r%s\n",
                "\"image \": {}\n%s\n",
                "image: {? digest : sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee}\n",
                "{\"replicas\": 2, \"image\": {\"repository\": \"evil.example.org/x\"}, \"image\": {}}\n",
                "global: {image: &i {repository: evil.example.org/x}}\nimage: {<<: [*i, *i]}\n",
                "config: {greeting: '{{ tpl \"evil.example.org/x\" . }}{{ lookup \"v1\" \"Secret\" \"\" \"\" }}'}\n%s\n",
                "\uFEFF%s\n"
            })
    void noTrickOfYamlBringsAnotherImage(String text) throws Exception {
        for (String path : new String[] {OWN, "services/order-api/values.yaml", "services/order-api/release.yaml"}) {
            String before = Files.exists(hand(path)) ? Files.readString(hand(path)) : "";
            write(path, (path.endsWith("release.yaml") ? before : "") + text.replace("%s", EVIL));
            push();

            run(review());

            assertThat(show("rendered/dev", "order-api/manifests.yaml"))
                    .as(path)
                    .doesNotContain("evil.example.org")
                    .contains("sha256:" + "a".repeat(64));
            write(path, before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u043erder-api", "order\u2010api", "Order-Api", "order-api ", "order-api\u200b", "1order-api"})
    void aFolderWhoseNameLooksLikeAServiceIsNone(String name) throws Exception {
        write("services/" + name + "/release.yaml", Files.readString(hand("services/order-api/release.yaml")));
        write("services/" + name + "/values.yaml", "type: gateway\n");
        neighbour();

        run(review());

        assertThat(world.git()
                        .run("-c", "core.quotePath=false", "ls-tree", "--name-only", "rendered/dev")
                        .lines())
                .containsExactlyInAnyOrder(".chart", ".chart.digest", "order-api", "order-sync");
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    /** Helm and Go take a file for UTF-16 by its first two bytes; without them it is a text full of zero bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
    void aFileInAnotherEncodingIsRefusedAlone(String charset) throws Exception {
        for (String path : new String[] {OWN, "services/order-api/values.yaml", "services/order-api/release.yaml"}) {
            world.reset();
            Files.createDirectories(hand(path).getParent());
            Files.write(hand(path), ("# \u00e9\n" + EVIL + "\n").getBytes(Charset.forName(charset)));
            world.hand().run("add", path);
            neighbour();

            refusedAlone("");
        }
    }

    @Test
    void labelsThatLookLikeThePlatformsAreNot() throws Exception {
        write(OWN, "podLabels: {imaas.io/tenant: payments}\n");
        neighbour();

        refusedAlone("podLabels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"huge", "deep", "wide", "multiplying"})
    void aHugeFileIsItsOwnServicesAlone(String kind) throws Exception {
        write(
                OWN,
                switch (kind) {
                    case "huge" -> "# " + "x".repeat(2_000_000) + "\n";
                    case "deep" -> "config: " + "{a: ".repeat(20_000) + "1" + "}".repeat(20_000) + "\n";
                    case "wide" -> "replicas: " + "9".repeat(500_000) + "\n";
                    default -> multiplying();
                });
        neighbour();

        refusedAlone("");
    }

    /** Two to the power of 26 texts, were it unfolded. */
    private static String multiplying() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 26; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return text.append("podAnnotations: {all: *a25}\n").toString();
    }

    @Test
    void whatIsPushedBetweenReviewAndCommitIsReviewedAnew() throws Exception {
        write(OWN, "config: {greeting: hello}\n");
        push();
        IntendedPlan benign = plan(review());
        write(OWN, "config: {greeting: hello}\nnetwork: {allowFrom: [payments-prod]}\n");
        push();

        RunResult late = run(benign);

        assertThat(late.failures())
                .singleElement()
                .extracting(failure -> failure.kind())
                .isEqualTo(FailureKind.CONFLICT);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(plan(review()).exitCode()).isEqualTo(5);
    }

    @Test
    void whatIsPushedBetweenDecisionAndReleaseIsNotTakenAlong() throws Exception {
        IntendedPlan release = plan(release(API, 'b'));
        write(OWN, "podAnnotations: {vault.hashicorp.com/role: payments}\n");
        push();

        RunResult late = run(release);

        assertThat(late.failures())
                .singleElement()
                .extracting(failure -> failure.kind())
                .isEqualTo(FailureKind.POLICY);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("dev", "services/order-api/release.yaml")).doesNotContain("b".repeat(64));
    }

    /** A line of raw configuration that only one version of YAML ends where it says: for the other it began an object. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u0085",
                "\\u2028",
                "\\u2029",
                "\\r",
                "\\n\\u0085",
                "\\r\\n",
                "\\n...\\n---\\n",
                "\\uFEFF",
                "\\n\\uFEFF---\\n"
            })
    void rawConfigurationStaysOneTextForEveryReader(String end) throws Exception {
        write(OWN, "runtime:\n  extraToml: \"x = 1" + end + "kind: Secret" + end + "metadata: {name: pwn}\"\n");
        push();

        run(review());

        String manifests = show("rendered/dev", "order-api/manifests.yaml");
        List<Object> old = new ArrayList<>();
        new Yaml().loadAll(manifests).forEach(old::add);
        List<Object> present = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(manifests).forEach(present::add);
        assertThat(old).isEqualTo(present);
        assertThat(present).allSatisfy(object -> assertThat(((Map<?, ?>) object).get("kind"))
                .isNotEqualTo("Secret"));
    }

    @Test
    void whatACompanysOwnRuleForbidsIsLeftOut() throws Exception {
        write(OWN, "config: {greeting: HELLO}\n");
        neighbour();

        refusedAlone("nobody shouts in dev");
    }

    private void refusedAlone(String why) throws Exception {
        IntendedPlan plan = plan(review());

        assertThat(plan.exitCode()).isEqualTo(5);
        assertThat(plan.plan().refusals())
                .allSatisfy(refusal ->
                        assertThat(refusal.sentence()).hasSizeLessThan(20_000).contains("order-api"));
        assertThat(plan.plan().refusals())
                .anySatisfy(refusal -> assertThat(refusal.sentence()).contains(why));
        run(plan);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    /** A change of the other service goes with it, and all is pushed. */
    private void neighbour() {
        write("services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");
        push();
    }

    private void push() {
        world.push("dev");
    }

    private void write(String path, String text) {
        world.write(path, text);
    }

    private Path hand(String path) {
        return world.hand(path);
    }

    private static ReviewRequest review() {
        return RenderedWorld.review(DirectChangePolicy.FLAG);
    }

    private IntendedPlan plan(PlanRequest request) {
        return world.plan(catalog, request);
    }

    private RunResult run(PlanRequest request) {
        return world.tried(catalog, request);
    }

    private RunResult run(IntendedPlan plan) {
        return world.imaas(catalog).run(plan, event -> {});
    }

    private String show(String branch, String path) {
        return world.show(branch, path);
    }
}
