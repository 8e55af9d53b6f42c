package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.ReleaseRequest;
import io.imaas.model.request.ReviewRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String EVIL =
            "image: {repository: evil.example.org/x, digest: \"sha256:" + "e".repeat(64) + "\"}";
    private static final String OWN = "services/order-api/env/dev.yaml";

    @TempDir
    Path folder;

    private Assembly assembly;
    private GitRepositories repositories;
    private Imaas imaas;
    private Map<String, String> metadata;
    private Catalog catalog;
    private String runs;

    @BeforeEach
    void begin() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        String gitops = "file://" + folder.resolve("gitops.git");
        Map<String, String> files = Metadata.files(
                "registry.example.org/imaas",
                "orders",
                gitops,
                Map.of(
                        "order-api", "repository: https://github.com/acme/order-api.git",
                        "order-sync", "repository: https://github.com/acme/order-sync.git"));
        files.put("policies/greeting.yaml", Files.readString(Path.of("test/fixtures/policies/no-shouting.yaml")));
        metadata = files;
        catalog = CatalogReader.read(files).orThrow();
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        repositories = new GitRepositories(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock));
        assembly = new Assembly(folder.resolve("work"), clock, Map.of());
        imaas = Imaas.on(assembly.git(repositories::at).charts().ports().build(), catalog);
        assertThat(run(release("order-api", 'a')).failures()).isEmpty();
        assertThat(run(release("order-sync", 'a')).failures()).isEmpty();
        runs = show("rendered/dev", "order-api/manifests.yaml");
        Git.in(folder).run("clone", "-q", "-b", "dev", gitops, "hand");
    }

    @AfterEach
    void close() {
        assembly.close();
        repositories.close();
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
                ? git("hand").run("rev-parse", "HEAD").strip()
                : git("hand").run("hash-object", "-w", ".target").strip();
        Files.delete(hand(".target"));
        git("hand").run("update-index", "--add", "--cacheinfo", mode + "," + id + "," + path);
        neighbour();

        refusedAlone("symbolic link or submodule");
    }

    @Test
    void aFileThatBecomesAFolderIsNoReasonToForgetWhatRuns() throws Exception {
        git("hand").run("rm", "-q", "services/order-api/release.yaml");
        write("services/order-api/release.yaml/values.yaml", EVIL + "\n");
        neighbour();

        run(review());

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).doesNotContain("evil.example.org");
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    @Test
    void anotherFileModeRunsNothingElse() throws Exception {
        git("hand").run("update-index", "--chmod=+x", "services/order-api/release.yaml");
        neighbour();

        assertThat(run(review()).failures()).isEmpty();

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(git("gitops.git").run("ls-tree", "rendered/dev", "order-api/"))
                .startsWith("100644");
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

        assertThat(git("gitops.git")
                        .run("-c", "core.quotePath=false", "ls-tree", "--name-only", "rendered/dev")
                        .lines())
                .containsExactlyInAnyOrder(".chart", ".chart.digest", "order-api", "order-sync");
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
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

        RunResult late = imaas.run(benign, event -> {});

        assertThat(late.failures())
                .singleElement()
                .extracting(failure -> failure.kind())
                .isEqualTo(FailureKind.CONFLICT);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(plan(review()).exitCode()).isEqualTo(5);
    }

    @Test
    void whatIsPushedBetweenDecisionAndReleaseIsNotTakenAlong() throws Exception {
        IntendedPlan release = plan(release("order-api", 'b'));
        write(OWN, "podAnnotations: {vault.hashicorp.com/role: payments}\n");
        push();

        RunResult late = imaas.run(release, event -> {});

        assertThat(late.failures())
                .singleElement()
                .extracting(failure -> failure.kind())
                .isEqualTo(FailureKind.POLICY);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("dev", "services/order-api/release.yaml")).doesNotContain("b".repeat(64));
    }

    /** A line of raw configuration that only one version of YAML ends where it says: for the other it began an object. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u0085", "\\u2028", "\\u2029", "\\r", "\\n\\u0085", "\\r\\n", "\\n...\\n---\\n"})
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

    /**
     * Values for what ran before the platform let anybody write manifests: nothing but the gates is between them and the
     * cluster. Where, what, and what the refusal says.
     */
    private static final List<String> MANIFESTS = List.of(
            "Deployment ~ hostNetwork: true ~ hostNetwork",
            "Deployment ~ tolerations: [{operator: Exists}] ~ tolerations",
            "Deployment ~ schedulerName: mine ~ schedulerName",
            "Deployment ~ affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: node-role.kubernetes.io/control-plane, operator: Exists}]}]}}} ~ these nodes are the platform's",
            "Deployment ~ securityContext: {seccompProfile: {type: Unconfined}} ~ seccompProfile.type",
            "Deployment ~ securityContext: {windowsOptions: {hostProcess: true}} ~ hostProcess",
            "Deployment ~ volumes: [{name: x, image: {reference: evil.example.org/x}}] ~ volumes",
            "Deployment ~ volumes: [{name: x, projected: {sources: [{serviceAccountToken: {path: t}}]}}] ~ volumes",
            "Deployment ~ initContainers: [{name: x, image: evil.example.org/x}] ~ evil.example.org/x",
            "Deployment ~ x: &x {initContainers: [{name: x, image: evil.example.org/x}]}, <<: *x ~ evil.example.org/x",
            "Deployment ~ {containers: [], 1: x}: 1 ~ does not render",
            "Deployment ~ true: 1 ~ a key that is no text: true",
            "Probe ~ httpGet: {host: 169.254.169.254, port: 80, path: /latest} ~ only the container itself is asked",
            "Probe ~ tcpSocket: {host: 10.0.0.1, port: 6443} ~ only the container itself is asked",
            "Pod labels ~ app.kubernetes.io/name: order-sync ~ it is another service",
            "Metadata ~ finalizers: [evil.example.org/never] ~ finalizers",
            "Metadata ~ ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: order-sync, uid: x}] ~ ownerReferences",
            "Metadata ~ namespace: payments-dev ~ the tenant's namespace here is",
            "Metadata ~ annotations: {argocd.argoproj.io/sync-options: Delete=false} ~ the platform does not know it",
            "Service ~ selector: {app.kubernetes.io/name: order-sync} ~ it is another service",
            "Service ~ externalName: payments.payments-prod.svc ~ externalName",
            "NetworkPolicy ~ egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{port: 53, endPort: 65535}]}] ~ known are this namespace",
            "NetworkPolicy ~ ingress: [{}] ~ that means everybody",
            "HorizontalPodAutoscaler ~ scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: order-sync} ~ it is another service",
            "PodDisruptionBudget ~ {maxUnavailable: 0, selector: {}} ~ it is for all pods",
            "Secret ~ {} ~ allowed are");

    @Test
    void manifestsThatATenantWritesByItselfPassTheGatesOnlyAsTheChartMakesThem() throws Exception {
        String image = "registry.example.org/imaas/orders/order-api@sha256:" + "a".repeat(64);
        adoptedIn("dev");
        kept(deployment(image, "", "", "", ""), image);
        assertThat(plan(review()).plan().refusals()).as("what is harmless").isEmpty();
        for (String row : MANIFESTS) {
            String[] parts = row.split(" ~ ");
            kept(manifests(image, parts[0], parts[1]), image);

            assertThat(plan(review()).plan().refusals()).as(row).anySatisfy(refusal -> assertThat(refusal.what())
                    .contains(parts[2]));
        }
        neighbour();
        refusedAlone("");
    }

    @Test
    void whatRanBeforeCountsOnlyWhereAnAdminAdoptedTheService() throws Exception {
        String image = "registry.example.org/imaas/orders/order-api@sha256:" + "a".repeat(64);
        adoptedIn("test");
        write("services/order-api/values.yaml", "type: gateway\nglobal: {adopted: true}\n");
        kept(deployment(image, "", "", "", ""), image);
        neighbour();
        refusedAlone("in tenants/orders.yaml the service order-api has no entry 'adopt' for dev");
    }

    private void adoptedIn(String environment) {
        metadata.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) -> text.replace("{name: " + environment + "}", "{name: " + environment + ", adopt: true}")
                        .replace(
                                "acme/order-api.git",
                                "acme/order-api.git, adopt: [{environment: " + environment + ", application: old}]"));
        catalog = CatalogReader.read(metadata).orThrow();
        imaas = Imaas.on(assembly.git(repositories::at).charts().ports().build(), catalog);
    }

    private static String manifests(String image, String where, String what) {
        return switch (where) {
            case "Deployment" -> deployment(image, what.startsWith("{c") ? "? " + what : what, "", "", "");
            case "Probe" -> deployment(image, "", "livenessProbe: {" + what + "}", "", "");
            case "Pod labels" -> deployment(image, "", "", what + ", ", "");
            case "Metadata" -> deployment(image, "", "", "", what + ", ");
            default ->
                deployment(image, "", "", "", "") + "---\napiVersion: " + GROUPS.getOrDefault(where, "v1") + "\nkind: "
                        + where + "\nmetadata: {name: order-api, labels: {" + LABELS + "}}\nspec: "
                        + (what.startsWith("{")
                                ? what
                                : "{podSelector: {matchLabels: {app.kubernetes.io/name: order-api}}, " + what + "}")
                        + "\n";
        };
    }

    private static final String LABELS =
            "imaas.io/tenant: orders, imaas.io/service: order-api, imaas.io/environment: dev";

    private static final Map<String, String> GROUPS = Map.of(
            "NetworkPolicy", "networking.k8s.io/v1",
            "HorizontalPodAutoscaler", "autoscaling/v2",
            "PodDisruptionBudget", "policy/v1");

    private static String deployment(String image, String pod, String container, String podLabels, String metadata) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {%sname: order-api, labels: {%s}}
                spec:
                  replicas: 1
                  selector: {matchLabels: {imaas.io/service: order-api}}
                  template:
                    metadata: {labels: {%s%s}}
                    spec: {%scontainers: [{name: mi, image: "%s"%s}]}
                """
                .formatted(
                        metadata,
                        LABELS,
                        podLabels,
                        LABELS,
                        pod.isEmpty() ? "" : pod + ", ",
                        image,
                        container.isEmpty() ? "" : ", " + container);
    }

    /** The service's own values with manifests as they are. */
    private void kept(String manifests, String image) throws Exception {
        write(OWN, "kept:\n  image: x\n  release: \"" + image + "\"\n  manifests: |\n" + manifests.indent(4));
        push();
    }

    private void refusedAlone(String why) throws Exception {
        IntendedPlan plan = plan(review());

        assertThat(plan.exitCode()).isEqualTo(5);
        assertThat(plan.plan().refusals())
                .allSatisfy(refusal ->
                        assertThat(refusal.sentence()).hasSizeLessThan(20_000).contains("order-api"));
        assertThat(plan.plan().refusals())
                .anySatisfy(refusal -> assertThat(refusal.sentence()).contains(why));
        imaas.run(plan, event -> {});
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    /** A change of the other service goes with it, and all is pushed. */
    private void neighbour() throws Exception {
        write("services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");
        git("hand").run("add", "services/order-sync");
        push();
    }

    private void push() {
        git("hand").run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "By hand");
        git("hand").run("push", "-q", "origin", "dev");
    }

    private void write(String path, String text) throws Exception {
        Files.createDirectories(hand(path).getParent());
        Files.writeString(hand(path), text);
        git("hand").run("add", path);
    }

    private Path hand(String path) {
        return folder.resolve("hand").resolve(path);
    }

    private static ReleaseRequest release(String service, char digit) {
        return new ReleaseRequest(
                new ServiceName(service),
                DEV,
                ImageRef.parse("registry.example.org/imaas/orders/" + service + "@sha256:"
                        + String.valueOf(digit).repeat(64)),
                digit + ".0.0",
                null,
                "");
    }

    private static ReviewRequest review() {
        return new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG);
    }

    private IntendedPlan plan(PlanRequest request) {
        return imaas.committing().plan(catalog.tenants().get(0), request, Actor.unverified("@ann"));
    }

    private RunResult run(PlanRequest request) {
        return imaas.run(plan(request), event -> {});
    }

    private Git git(String where) {
        return Git.in(folder.resolve(where));
    }

    private String show(String branch, String path) {
        return git("gitops.git").run("show", branch + ":" + path);
    }
}
