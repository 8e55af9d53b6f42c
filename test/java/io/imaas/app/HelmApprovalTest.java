package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.report.EvidenceReview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the deployment server renders, people say yes to all that it renders from. */
class HelmApprovalTest {
    private static final String FOLDER = "services/order-api/";

    @TempDir
    Path folder;

    private RenderedWorld world;
    private Catalog catalog;

    @BeforeEach
    void aServiceRuns() {
        world = new RenderedWorld(folder);
        world.run(world.catalog("delivery: helm\n"), release(API, 'a'));
        Map<String, String> files = world.files("delivery: helm\n");
        files.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) -> text.replace("{name: dev}", "{name: dev, approvers: [\"@acme/leads\"]}"));
        catalog = CatalogReader.read(files).orThrow();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whateverDecidesWhatRunsNeedsAnotherYesAndNothingElseDoes() {
        twoPods();
        assertThat(closed()).containsExactly("approval");
        approve(null);
        assertThat(closed()).isEmpty();

        for (String path : List.of(
                FOLDER + "env/dev.yaml",
                FOLDER + "env/.gitattributes",
                ".gitattributes",
                FOLDER + "migration.yaml",
                FOLDER + "Chart.yaml",
                FOLDER + "templates/more.yaml",
                "chart/values.yaml")) {
            push(path, path.endsWith("migration.yaml") ? migration() : "replicas: 3\n");
            assertThat(closed()).as(path).contains("approval");
            takeBack();
        }
        world.checkout("dev");
        world.hand().run("update-index", "--chmod=+x", FOLDER + "values.yaml");
        world.push("dev");
        assertThat(closed()).contains("approval");
        takeBack();
        push(FOLDER + "env/test.yaml", "replicas: 3\n");
        push("services/order-sync/values.yaml", "replicas: 3\n");
        assertThat(closed()).isEmpty();
    }

    @Test
    void aChartOfItsOwnMayReadEachFileOfItsFolder() {
        twoPods();
        push(FOLDER + "Chart.yaml", "name: own\nversion: 1.0.0\n");
        approve(null);
        assertThat(closed()).isEmpty();
        for (String path : List.of(FOLDER + "env/test.yaml", FOLDER + "hold/dev.yaml", ".gitattributes")) {
            push(path, "reason: none\n");
            assertThat(closed()).as(path).contains("approval");
            takeBack();
        }
    }

    @Test
    void whatIsReadFromElsewhereCanNotBeAgreedTo() {
        String chart = "name: own\nversion: 1.0.0\n";
        Map<String, String> reaching = Map.of(
                "Chart.yaml",
                chart,
                "services/.gitattributes",
                "* ident\n",
                FOLDER + "Chart.yaml",
                chart + "dependencies: [{name: a, repository: 'file://../order-sync'}]\n",
                FOLDER + "deploy/Chart.yaml",
                chart + "\"\\x64ependencies\": []\n",
                "chart/Chart.yaml",
                chart + "? !!binary ZGVwZW5kZW5jaWVz\n: []\n");
        twoPods();
        world.checkout("dev");
        reaching.forEach(world::write);
        link("chart/templates/all.yaml", "../../services/order-sync/release.yaml");
        world.push("dev");
        assertThat(world.plan(catalog, RenderedWorld.review(DirectChangePolicy.FLAG))
                        .plan()
                        .closedGates())
                .anySatisfy(gate -> assertThat(gate.found())
                        .contains(
                                "reads more",
                                "root",
                                "services/.gitattributes",
                                FOLDER + "Chart.yaml",
                                FOLDER + "deploy/Chart.yaml",
                                "chart/Chart.yaml",
                                "chart/templates/all.yaml"));
        takeBack();
        push(FOLDER + "Chart.yaml", "# dependencies lie in charts\n" + chart);
        push(FOLDER + "charts/a/Chart.yaml", chart + "dependencies: [{name: b, version: 1.0.0}]\n");
        assertThat(closed()).containsExactly("approval");
        approve(null);
        assertThat(closed()).isEmpty();
    }

    private void twoPods() {
        push(FOLDER + "values.yaml", "tenant: orders\nservice: order-api\ntype: gateway\nreplicas: 2\n");
    }

    private void link(String path, String to) {
        try {
            Files.createDirectories(world.hand(path).getParent());
            Files.createSymbolicLink(world.hand(path), Path.of(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world.hand().run("add", path);
    }

    @Test
    void evidenceHasTheYesToARelease() {
        ReleaseRequest next = release(API, 'b');
        approve(next);
        world.run(catalog, next);

        byte[] file = world.imaas(catalog)
                .overview(catalog.tenants().get(0))
                .evidence(new EvidenceRequest(API, DEV, ""), Actor.unverified("@ann"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Imaas.verify(world.assembly().ports().build(), file, EvidenceTrust.ofFile())
                        .parts())
                .allMatch(EvidenceReview.Part::fits)
                .anyMatch(part -> part.found().contains("approved by @ann as @acme/leads"));
        assertThat(world.imaas(catalog)
                        .overview(catalog.tenants().get(0))
                        .period(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"))
                        .changes())
                .filteredOn(change ->
                        change.manifests().isEmpty() && !change.agreed().isEmpty())
                .isNotEmpty();
    }

    private static String migration() {
        return new Migration(
                        MigrationTool.FLYWAY,
                        ImageRef.parse("registry.example.org/flyway@sha256:" + "f".repeat(64)),
                        "order-api-db",
                        new TreeMap<>(Map.of("V1__begin.sql", "select 1;\n")))
                .text();
    }

    private void push(String path, String text) {
        world.checkout("dev");
        world.write(path, text);
        world.push("dev");
    }

    private void takeBack() {
        world.hand().run("push", "-q", "-f", "origin", "HEAD~1:dev");
    }

    private List<String> closed() {
        return world.plan(catalog, RenderedWorld.review(DirectChangePolicy.FLAG)).plan().closedGates().stream()
                .map(g -> g.gate())
                .toList();
    }

    private void approve(ReleaseRequest of) {
        world.run(
                catalog,
                new ApproveRequest(
                        List.of(API),
                        null,
                        DEV,
                        "@acme/leads",
                        Approval.Verdict.YES,
                        "",
                        of == null ? null : of.image(),
                        of == null ? "" : of.version(),
                        false));
    }
}
