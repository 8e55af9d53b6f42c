package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.step.CommitFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeRequesterTest {
    @TempDir
    Path folder;

    /** Otherwise who merged could say yes to their own merge, since a machine asked. */
    @Test
    void aMergeIsAskedForByWhoeverMadeItWhereRequestersMayNotApprove() {
        try (World world =
                new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"))) {
            CommitId built = world.push("dev", Map.of("pom.xml", "<project/>"));
            Release release = world.release("1.0.0", world.tree(built));
            world.healthy("dev", release, world.released("dev", release));
            SourceChange merge = new SourceChange(
                    world.url("sources"), world.push("test", Map.of()), World.branch("test"), "build 7");
            Map<String, String> files = world.metadata();
            assertThat(asks(world, merge, files)).isEqualTo("jenkins");

            files.replaceAll((path, text) -> text.replace(
                    "{name: test}", "{name: test, approvals: {from: [\"@acme/leads\"], requesterMayNot: true}}"));
            assertThat(asks(world, merge, files)).isEqualTo("ann");
        }
    }

    private static String asks(World world, SourceChange merge, Map<String, String> files) {
        Catalog catalog = CatalogReader.read(files).orThrow();
        return Imaas.on(world.ports(), catalog)
                .plan(
                        catalog.tenants().get(0),
                        new DeliverRequest(merge, BuildOptions.none()),
                        Actor.machine("jenkins"))
                .plan()
                .steps()
                .filter(CommitFiles.class::isInstance)
                .map(step -> ((CommitFiles) step).trailers().get("Imaas-Actor"))
                .findFirst()
                .orElseThrow();
    }
}
