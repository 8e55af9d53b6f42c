package io.imaas.adapter.mi.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WSO2's plugin packs the files that it made of the TypeScript; what it left of them is packed as it would do. */
class MadeDataMappersTest {
    private static final String MAPPER = MiFolder.RESOURCES + "datamapper/Order/";
    private static final String LEFT = "target/datamapper/Order/";
    private static final String REASON = "data mappers must be bundled: " + MAPPER + "Order.ts";

    @TempDir
    private Path scratch;

    private MiFolder folder;

    @BeforeEach
    void aProjectWithADataMapper() {
        String listed = VsCodeLayout.MADE_OF_DATA_MAPPERS.stream()
                .map(end -> "<artifact name=\"r" + end.charAt(1) + "\" version=\"1.0.0\"><item><file>Order" + end
                        + "</file><path>/_system/governance/mi-resources/datamapper/Order</path></item></artifact>")
                .collect(Collectors.joining());
        folder = MiFolder.in(scratch.resolve("project"))
                .with(MAPPER + "Order.ts", "map")
                .with(MAPPER + "dm-utils.ts", "utils")
                .with(MiFolder.RESOURCES + "artifact.xml", "<artifacts>" + listed + "</artifacts>");
    }

    private void madeByMaven() {
        folder.with(LEFT + "Order.ts", "map").with(LEFT + "dm-utils.ts", "utils");
        VsCodeLayout.MADE_OF_DATA_MAPPERS.forEach(end -> folder.with(LEFT + "Order" + end, "made" + end));
    }

    @Test
    void onlyMavenMakesThemTheFirstTime() {
        assertThat(folder.inspect().needsMaven()).containsExactly(REASON);
        assertThatThrownBy(() -> folder.pack(scratch.resolve("out")))
                .hasMessageContaining(REASON)
                .hasMessageContaining("imaas build --builder auto");
    }

    @Test
    void whatMavenLeftIsPackedAndNotAnOlderCopyOfIt() {
        madeByMaven();
        folder.with(MAPPER + "Order.dmc", "committed long ago");

        SortedMap<String, byte[]> car = folder.packed(scratch.resolve("out"));

        VsCodeLayout.MADE_OF_DATA_MAPPERS.forEach(end -> assertThat(car)
                .containsEntry(
                        "r" + end.charAt(1) + "_1.0.0/resources/Order" + end,
                        ("made" + end).getBytes(StandardCharsets.UTF_8)));
        assertThat(new ProjectVerifier().verify(folder.inspect(), folder.pack(scratch.resolve("out"))))
                .isEmpty();
    }

    @Test
    void aFolderThatIsPackedAsAWholeHoldsThemToo() {
        madeByMaven();
        folder.with(
                MiFolder.RESOURCES + "artifact.xml",
                "<artifacts><artifact name=\"all\" version=\"1\"><collection><directory>Order</directory>"
                        + "<path>/_system/governance/mi-resources/datamapper/Order</path></collection></artifact></artifacts>");

        assertThat(folder.packed(scratch.resolve("out")))
                .containsKeys("all_1/resources/Order/Order.ts", "all_1/resources/Order/Order.dmc");
    }

    @Test
    void changedTypeScriptAndLostFilesNeedMavenAgain() throws IOException {
        madeByMaven();
        folder.with(MAPPER + "more/helper.ts", "new");
        assertThat(folder.inspect().needsMaven()).containsExactly(REASON);

        folder.with(LEFT + "more/helper.ts", "new");
        assertThat(folder.inspect().needsMaven()).isEmpty();
        folder.with(MAPPER + "Order.ts", "another map");
        assertThat(folder.inspect().needsMaven()).containsExactly(REASON);

        folder.with(LEFT + "Order.ts", "another map");
        Files.delete(folder.root().resolve(LEFT + "Order_inputSchema.json"));
        assertThat(folder.inspect().needsMaven()).containsExactly(REASON);
    }

    @Test
    void aPluginThatMakesNoneYetPacksThoseOfTheSources() {
        folder.with("pom.xml", MiFolder.pom("", "5.2.81"));
        assertThat(folder.inspect().needsMaven()).containsExactly(REASON);

        folder.with("pom.xml", MiFolder.pom("", "5.2.58"))
                .with(MiFolder.RESOURCES + "registry/gov/datamapper/Old/Old.ts", "map")
                .with(MiFolder.RESOURCES + "registry/gov/datamapper/Old/Old.dmc", "committed")
                .registry("<artifact name=\"Old\" version=\"1\"><item><file>Old.dmc</file>"
                        + "<path>/_system/governance/datamapper/Old</path></item></artifact>");
        assertThat(folder.packed(scratch.resolve("out")))
                .containsEntry("Old_1/resources/Old.dmc", "committed".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPluginThatKeepsNothingMakesThemAgainForANewPom() throws IOException {
        madeByMaven();
        folder.with("pom.xml", MiFolder.pom("", "5.4.2"));
        Files.setLastModifiedTime(folder.root().resolve(LEFT + "Order.dmc"), FileTime.fromMillis(0));
        assertThat(folder.inspect().needsMaven()).containsExactly(REASON);

        folder.with("pom.xml", MiFolder.pom("", "5.4.3"));
        assertThat(folder.inspect().needsMaven()).isEmpty();
    }
}
