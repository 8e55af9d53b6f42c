package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.release;
import static io.imaas.app.RenderedWorld.review;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hardly a gate is asked for a rollback, because it brings back what ran: so nothing else may come with it. */
class RollbackAttacksTest {
    private static final String RELEASE = "services/order-api/release.yaml";
    private static final String VALUES = "services/order-api/values.yaml";
    private static final String OWN = "services/order-api/env/dev.yaml";

    @TempDir
    Path folder;

    private RenderedWorld world;
    private Catalog stopped;
    private String first;

    @BeforeEach
    void twoReleasesRan() {
        world = new RenderedWorld(folder);
        // Whatever people push now is refused.
        stopped = world.catalog("policy: {stopTheLine: broken database}\n");
        world.run(world.catalog(), release(API, 'a'));
        first = world.show("rendered/dev", "order-api/manifests.yaml");
        world.run(world.catalog(), release(API, 'b'));
        world.checkout("dev");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aReleaseThatAGateKeptOutIsNoneThatCouldComeBack() throws Exception {
        String runs = Files.readString(world.hand(RELEASE));
        world.write(RELEASE, runs.replace("b".repeat(64), "e".repeat(64)));
        refused();
        world.write(RELEASE, runs);
        world.push("dev");

        world.run(stopped, rollback(""));

        assertThat(runs()).isEqualTo(first);
    }

    @Test
    void noValuesComeBackThatAGateKeptOut() throws Exception {
        String runs = Files.readString(world.hand(RELEASE));
        world.write(RELEASE, runs.replace("b".repeat(64), "a".repeat(64)));
        world.write(VALUES, "config: {greeting: evil}\n");
        refused();
        world.write(RELEASE, runs);
        world.write(VALUES, "{}\n");
        world.push("dev");

        world.run(stopped, rollback("sha256:" + "a".repeat(64)));

        assertThat(runs()).isEqualTo(first);
    }

    @Test
    void whatAGateKeepsOutOfTheEnvironmentsOwnValuesDoesNotComeAlong() {
        world.write(OWN, "config: {greeting: evil}\n");
        refused();

        world.run(stopped, rollback(""));

        assertThat(runs()).isEqualTo(first);
    }

    /** Whoever may push must not be able to keep a rollback back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a link",
                "a folder",
                "a large file",
                "a file for its folder",
                "nothing",
                "a file for the service"
            })
    void nothingThatStandsInAFilesPlaceStopsARollback(String obstacle) throws Exception {
        switch (obstacle) {
            case "a link" -> {
                Files.createSymbolicLink(world.hand(VALUES), Path.of("release.yaml"));
                world.hand().run("add", VALUES);
            }
            case "a folder" -> world.write(VALUES + "/x", "y\n");
            case "a large file" -> world.write(VALUES, "# " + "x".repeat(2 << 20));
            case "a file for its folder" -> world.write("services/order-api/hold", "no folder\n");
            default -> {
                world.hand().run("rm", "-q", "-r", "services/order-api");
                if (!obstacle.equals("nothing")) {
                    world.write("services/order-api", "no folder\n");
                }
            }
        }
        world.push("dev");

        world.run(stopped, rollback(""));

        assertThat(runs()).isEqualTo(first);
    }

    private void refused() {
        world.push("dev");
        String before = runs();
        assertThat(world.plan(stopped, review(DirectChangePolicy.FLAG)).exitCode())
                .isEqualTo(5);
        world.tried(stopped, review(DirectChangePolicy.FLAG));
        assertThat(runs()).isEqualTo(before);
    }

    private String runs() {
        return world.show("rendered/dev", "order-api/manifests.yaml");
    }

    private static RollbackRequest rollback(String to) {
        return new RollbackRequest(API, DEV, to, "");
    }
}
