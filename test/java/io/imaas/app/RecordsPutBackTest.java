package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.gate.GateAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An orchestrator that has never seen a tenant's records has what runs to remember them by. */
class RecordsPutBackTest {
    private static final String RECORDS = "refs/heads/imaas/records";

    @TempDir
    Path folder;

    private RenderedWorld world;
    private RenderedWorld fresh;

    @BeforeEach
    void twoOrchestrators() {
        world = new RenderedWorld(folder);
        fresh = new RenderedWorld(folder, "fresh");
    }

    @AfterEach
    void close() {
        world.close();
        fresh.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rendered", "helm"})
    void whoPutsThemBackOpensNoGateOfAnOrchestratorThatNeverSawThem(String delivery) {
        world.run(world.catalog("delivery: " + delivery + "\n"), release(API, 'a'));
        String first = world.git().run("rev-parse", "dev").strip();
        Catalog catalog = catalog(delivery);
        ReleaseRequest refused = release(API, 'c');
        world.run(catalog, says(Approval.Verdict.YES, refused));
        String yes = records();
        world.run(catalog, says(Approval.Verdict.NO, refused));
        world.run(catalog, says(Approval.Verdict.YES, release(API, 'b')));
        String last = records();
        world.run(catalog, release(API, 'b'));
        if (delivery.equals("helm")) {
            hideBelowAnOlderRelease(first);
        }

        world.git().run("update-ref", RECORDS, yes);
        assertThat(fresh(catalog)
                        .period(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"))
                        .notices())
                .anyMatch(told -> told.contains("imaas/records was put back"));
        assertThat(closed(catalog, refused)).singleElement().satisfies(gate -> assertThat(gate.gate())
                .isEqualTo("approval"));
        assertThat(found(catalog)).contains("imaas/records was put back").contains(last + ":" + RECORDS);
        world.git().run("update-ref", "-d", RECORDS);
        assertThat(closed(catalog, refused)).isNotEmpty();
        assertThat(found(catalog)).contains("imaas/records was put back");
        world.git().run("update-ref", RECORDS, last);
        assertThat(found(catalog)).isEmpty();
        assertThat(closed(catalog, refused)).singleElement().satisfies(gate -> assertThat(gate.found())
                .contains("not yet"));
    }

    @Test
    void evidenceOfAReleaseSaysThatTheRecordsWerePutBack() {
        world.run(world.catalog("delivery: rendered\n"), release(API, 'a'));
        Catalog catalog = catalog("rendered");
        world.run(catalog, says(Approval.Verdict.NO, release(API, 'c')));
        String no = records();
        world.run(catalog, says(Approval.Verdict.YES, release(API, 'b')));
        world.run(catalog, release(API, 'b'));
        EvidenceRequest wanted = new EvidenceRequest(API, DEV, "");

        assertThat(statement(fresh(catalog).evidence(wanted, Actor.unverified("@ann"))))
                .doesNotContain("put back");
        fresh.close();
        fresh = new RenderedWorld(folder, "another");
        world.git().run("update-ref", RECORDS, no);
        assertThat(statement(fresh(catalog).evidence(wanted, Actor.unverified("@ann"))))
                .contains("imaas/records was put back");
    }

    private static String statement(String evidence) {
        String payload = evidence.replaceFirst("(?s).*\"payload\"\\s*:\\s*\"([^\"]*)\".*", "$1");
        return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    private Overview fresh(Catalog catalog) {
        return fresh.imaas(catalog).overview(catalog.tenants().get(0));
    }

    @Test
    void whoPutsTheManifestsBackAsWellIsFoundByTheReleasesOnTheEnvironmentsBranches() {
        world.run(world.catalog("delivery: rendered\n"), release(API, 'a'));
        Catalog catalog = catalog("rendered");
        ReleaseRequest refused = release(API, 'c');
        world.run(catalog, says(Approval.Verdict.YES, refused));
        String yes = records();
        String manifests = world.git().run("rev-parse", "rendered/dev").strip();
        world.run(catalog, says(Approval.Verdict.NO, refused));
        world.run(catalog, says(Approval.Verdict.YES, release(API, 'b')));
        String last = records();
        world.run(catalog, release(API, 'b'));

        world.git().run("update-ref", RECORDS, yes);
        world.git().run("update-ref", "refs/heads/rendered/dev", manifests);
        assertThat(closed(catalog, refused)).isNotEmpty();
        assertThat(found(catalog)).contains("imaas/records was put back").contains(last + ":" + RECORDS);
    }

    /** Somebody merges what is there into what was there, as if that were the branch. */
    private void hideBelowAnOlderRelease(String first) {
        world.checkout("dev");
        String merge = world.hand()
                .run(
                        "-c",
                        "user.name=bob",
                        "-c",
                        "user.email=b@example.org",
                        "commit-tree",
                        "-p",
                        first,
                        "-p",
                        "HEAD",
                        "-m",
                        "Merge",
                        "HEAD^{tree}")
                .strip();
        world.hand().run("push", "-q", "origin", merge + ":dev");
    }

    private String records() {
        return world.git().run("rev-parse", RECORDS).strip();
    }

    private List<GateAnswer> closed(Catalog catalog, ReleaseRequest wanted) {
        return fresh.plan(catalog, wanted).plan().closedGates();
    }

    /** What status tells of records that do not count. */
    private String found(Catalog catalog) {
        return fresh(catalog).status().notices().stream()
                .map(String::valueOf)
                .filter(told -> told.contains("imaas/records"))
                .collect(Collectors.joining("\n"));
    }

    private static ApproveRequest says(Approval.Verdict verdict, ReleaseRequest of) {
        return new ApproveRequest(
                List.of(API),
                null,
                DEV,
                "@acme/leads",
                verdict,
                verdict == Approval.Verdict.NO ? "not yet" : "",
                of.image(),
                of.version(),
                false);
    }

    private Catalog catalog(String delivery) {
        Map<String, String> files = world.files("delivery: " + delivery + "\n");
        files.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) -> text.replace("{name: dev}", "{name: dev, approvers: [\"@acme/leads\"]}"));
        return CatalogReader.read(files).orThrow();
    }
}
