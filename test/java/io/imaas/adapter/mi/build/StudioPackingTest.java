package io.imaas.adapter.mi.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.Fixtures;
import io.imaas.adapter.mi.layout.StudioArtifact;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.model.failure.Problem;
import io.imaas.model.image.Digest;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A project with every kind of artifact. What is expected is what WSO2's plugins 5.2.107 made of it: the entries of each
 * CAR with their digests, and its lists as they are.
 */
class StudioPackingTest {
    private static final Path FIXTURE = Path.of("test/fixtures/mi/studio-kinds");

    @TempDir
    private Path scratch;

    private Path folder;

    @BeforeEach
    void copyOf() throws IOException {
        folder = Fixtures.copy(FIXTURE, scratch.resolve("shop"));
        Files.createDirectories(folder.resolve("ShopRegistry/coll/empty"));
    }

    static Stream<String> composites() throws IOException {
        try (Stream<Path> expected = Files.list(FIXTURE.resolve("expected"))) {
            return expected.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("composites")
    void everyCompositeComesOutAsFromThePlugin(String expected) throws IOException {
        MiProject project =
                project(expected.startsWith("shop-final") ? "NamedComposite" : expected.replaceFirst("_.*", ""));

        assertThat(project.needsMaven()).isEmpty();
        CarFile car = build(project, "a");

        assertThat(Path.of(car.path())).hasFileName(expected.replaceFirst("\\.txt$", ".car"));
        assertThat(listing(Path.of(car.path())))
                .isEqualTo(Files.readString(FIXTURE.resolve("expected").resolve(expected)));
        assertThat(Path.of(build(project, "b").path())).hasSameBinaryContentAs(Path.of(car.path()));
    }

    @Test
    void olderPluginsListNeitherMetadataNorTheMainSequence() {
        edit("PartComposite/pom.xml", "<version>5.2.107</version>", "<version>5.2.20</version>");

        String listing = listing(Path.of(build(project("PartComposite"), "a").path()));

        assertThat(listing).doesNotContain("metadata.xml").doesNotContain("mainSequence=");
    }

    @Test
    void aCarIsHeldAgainstWhatTheModulesPropertiesMakeOfTheSources() {
        // The CAR has it by the name in the list, the runtime by that in the file.
        edit("ShopConfigs/src/main/synapse-config/sequences/Main.xml", "name=\"Main\"", "name=\"fault\"");
        MiProject project = project("ShopComposite");
        CarFile car = build(project, "a");

        assertThat(new ProjectVerifier().verify(project, car))
                .extracting(Problem::rule)
                .isNotEmpty()
                .doesNotContain("car-differs", "not-in-car", "car-extra", "missing-file");

        edit("ShopConfigs/pom.xml", "<stage>dev", "<stage>prod");
        assertThat(new ProjectVerifier().verify(project, car))
                .filteredOn(problem -> problem.rule().equals("car-differs"))
                .extracting(problem -> problem.where().file())
                .containsExactly("ShopConfigs/src/main/synapse-config/api/ShopApi.xml");
    }

    @Test
    void whatTheCompositeNoLongerNamesIsTooMuchInItsCarAndWhatItNamesElseIsMissing() throws IOException {
        CarFile car = build(project("ShopComposite"), "a");
        edit("ShopComposite/pom.xml", "<artifactId>note</artifactId>", "<artifactId>other</artifactId>");
        edit("ShopComposite/pom.xml", "resource_._note>", "resource_._other>");
        Files.writeString(folder.resolve("ShopRegistry/coll/a.txt"), "changed");

        assertThat(new ProjectVerifier().verify(project("ShopComposite"), car))
                .filteredOn(problem -> problem.rule().matches("car-.*|not-in-car"))
                .extracting(Problem::sentence)
                .satisfiesExactlyInAnyOrder(
                        extra -> assertThat(extra)
                                .contains("registry/resource 'note' is in the CAR but not in the sources"),
                        missing -> assertThat(missing).contains("com.example.shop.resource:other is not in the CAR"),
                        one -> assertThat(one).contains("another content in both_1.0.0/resources/coll/a.txt"),
                        two -> assertThat(two).contains("another content in coll_1.0.0/resources/coll/a.txt"));
    }

    /** Held against the plugins 5.2.107 once: the same as from the older layout, but for properties in the files. */
    @Test
    void anArtifactWithAModuleOfItsOwnIsCopiedAsItIs() throws IOException {
        for (String module : List.of("ShopConfigs", "ShopRegistry", "ShopConnectors", "ShopData", "ShopSources")) {
            giveEachItsModule(folder.resolve(module));
        }
        MiProject project = project("ShopComposite");
        assertThat(project.needsMaven()).isEmpty();

        CarFile car = build(project, "a");
        Path sources = folder.resolve("ShopConfigs/src/main/synapse-config");
        String expected = Files.readString(FIXTURE.resolve("expected/ShopComposite_1.0.0-SNAPSHOT.txt"));
        assertThat(listing(Path.of(car.path())))
                .isEqualTo(expected.replaceAll(
                                "(ShopApi-1.0.0.xml) \\w+", "$1 " + digest(sources.resolve("api/ShopApi.xml")))
                        .replaceAll("(Stock-\\S+) \\w+", "$1 " + digest(sources.resolve("endpoints/Stock.xml")))
                        .replaceAll(
                                "(Rows-\\S+) \\w+", "$1 " + digest(folder.resolve("ShopData/dataservice/Rows.dbs"))));
        assertThat(new ProjectVerifier().verify(project, car))
                .extracting(Problem::rule)
                .doesNotContain("car-differs", "not-in-car", "car-extra", "missing-file");

        edit("ShopConfigs/build-artifacts/Main/pom.xml", "Main.xml", "Other.xml");
        assertThat(project("ShopComposite").needsMaven())
                .containsExactly("ShopConfigs/pom.xml does not make com.example.shop.sequence:Main:1.0.0 by"
                        + " wso2-esb-sequence-plugin");
    }

    private static String digest(Path file) throws IOException {
        return Digest.of(Files.readAllBytes(file)).hex();
    }

    /** As newer versions of Integration Studio make a module. */
    private static void giveEachItsModule(Path module) throws IOException {
        String pom = Files.readString(module.resolve("pom.xml"));
        boolean registry = module.endsWith("ShopRegistry");
        String parent = pom.substring(0, pom.indexOf("<packaging>"));
        StringBuilder modules = new StringBuilder();
        for (StudioArtifact one : StudioArtifact.of(module)) {
            Path folder = Files.createDirectories(module.resolve("build-artifacts/" + one.name()));
            StudioKind kind = StudioKind.of(one.type()).orElseThrow();
            String file = registry
                    ? "registry-info.xml"
                    : folder.relativize(one.file()).toString();
            Files.writeString(
                    folder.resolve("pom.xml"),
                    "<project><modelVersion>4.0.0</modelVersion><groupId>" + one.groupId() + "</groupId><artifactId>"
                            + one.name() + "</artifactId><version>" + one.version() + "</version><packaging>"
                            + kind.type() + "</packaging><build><plugins><plugin><artifactId>" + kind.copier()
                            + "</artifactId><configuration><artifact>" + file
                            + "</artifact></configuration></plugin></plugins></build></project>");
            modules.append("<module>build-artifacts/").append(one.name()).append("</module>");
        }
        String fill =
                "<build><plugins><plugin><artifactId>wso2-general-project-plugin</artifactId><executions><execution>"
                        + "<goals><goal>copy-registry-dependencies</goal></goals><configuration><artifactLocation>."
                        + "</artifactLocation></configuration></execution></executions></plugin></plugins></build>";
        Files.writeString(
                module.resolve("pom.xml"),
                parent + "<packaging>pom</packaging><properties><stage>reg</stage></properties><modules>" + modules
                        + "</modules>" + (registry ? fill : "") + "</project>");
    }

    @Test
    void whatOnlyMavenCanMakeIsSaid() {
        edit("ShopConfigs/pom.xml", "wso2-esb-api-plugin", "wso2-esb-other-plugin");
        edit("ShopData/artifact.xml", "version=\"1.0.0\"", "version=\"1.0.1\"");
        edit("ShopSources/artifact.xml", "datasource/datasource\"", "lib/dataservice/validator\"");
        edit(
                "ShopComposite/pom.xml",
                "<configuration/>",
                "<configuration><artifacts><artifact/></artifacts></configuration>");

        assertThat(project("ShopComposite").needsMaven())
                .containsExactlyInAnyOrder(
                        "its composite gives files other names in the CAR",
                        "ShopConfigs/pom.xml does not make com.example.shop.api:ShopApi:1.0.0 by wso2-esb-api-plugin",
                        "Maven must compile or make com.example.shop.dataservice:Rows:1.0.0",
                        "it packs com.example.shop.datasource:Db:1.0.0 of type lib/dataservice/validator as xml",
                        "the pom.xml of ShopConfigs runs wso2-esb-other-plugin, which may change what is packed");
    }

    /** Another module may fill its files and install them, as in WSO2's own tests; where no pom holds them together, none does. */
    @Test
    void aModuleThatMavenDoesNotBuildWithTheCompositeIsNotPackedInItsPlace() throws IOException {
        edit("pom.xml", "<module>ShopData</module>", "");

        assertThat(project("ShopComposite").needsMaven())
                .containsExactly(
                        "com.example.shop.dataservice:Rows:1.0.0 comes from a Maven repository: no pom.xml above the"
                                + " composite names ShopData as a module");
        Files.delete(folder.resolve("pom.xml"));
        assertThat(project("ShopComposite").needsMaven()).noneMatch(why -> why.contains("no pom.xml above"));
    }

    @Test
    void aFileThatThePluginWouldBreakIsRefused() throws IOException {
        Files.write(folder.resolve("ShopRegistry/prices.json"), new byte[] {'a', (byte) 0xFF});
        MiProject project = project("ShopComposite");

        assertThatThrownBy(() -> build(project, "a"))
                .hasMessageContaining("ShopRegistry/prices.json")
                .hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void aPropertyThatThePluginCannotPutIntoAFileIsRefused() {
        edit("ShopRegistry/pom.xml", "<stage>reg</stage>", "<stage>5 $</stage>");
        MiProject project = project("ShopComposite");

        assertThatThrownBy(() -> build(project, "a")).hasMessageContaining("has a '$' or '\\'");
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws IOException {
        Files.delete(folder.resolve("ShopRegistry/deep/note.txt"));
        MiProject project = project("TaggedComposite");

        assertThatThrownBy(() -> build(project, "a"))
                .hasMessageContaining("ShopRegistry/artifact.xml:")
                .hasMessageContaining("ShopRegistry/deep/note.txt, which does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ShopRegistry/deep/note.txt", "ShopRegistry/coll/a.txt"})
    void aLinkOutOfTheProjectIsNotPacked(String file) throws IOException {
        Path secret = Files.writeString(scratch.resolve("secret"), "key");
        Files.delete(folder.resolve(file));
        Files.createSymbolicLink(folder.resolve(file), secret);
        MiProject project = project("ShopComposite");

        assertThatThrownBy(() -> build(project, "a"))
                .hasMessageContaining(file)
                .hasMessageContaining("outside of the project");
    }

    @Test
    void aLinkedFolderIsRefused() throws IOException {
        Files.move(folder.resolve("ShopRegistry/coll"), folder.resolve("shared"));
        Files.createSymbolicLink(folder.resolve("ShopRegistry/coll"), folder.resolve("shared"));
        MiProject project = project("ShopComposite");

        assertThatThrownBy(() -> build(project, "a"))
                .hasMessageContaining("ShopRegistry/coll")
                .hasMessageContaining("this folder is a link");
    }

    @Test
    void aFileAboveTheProjectIsNotPacked() throws IOException {
        Path secret = Files.writeString(scratch.resolve("secret"), "key");
        Path module = folder.resolve("ShopRegistry");
        edit("ShopRegistry/artifact.xml", ">deep/note.txt<", ">" + module.relativize(secret) + "<");
        MiProject project = project("ShopComposite");

        assertThatThrownBy(() -> build(project, "a")).hasMessageContaining("outside of the project");
    }

    private MiProject project(String name) {
        return new MiProjectDetector()
                .inspect(folder).stream()
                        .filter(p -> p.artifactId().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private CarFile build(MiProject project, String output) {
        return new NativeCarBuilder()
                .build(project, Fixtures.options(Choice.NATIVE, scratch.resolve(output)), line -> {});
    }

    private static String listing(Path car) {
        return CarZip.read(car).entrySet().stream()
                .map(entry -> entry.getKey() + " " + Digest.of(entry.getValue()).hex()
                        + (entry.getKey().matches("[^/]+\\.xml|.*/registry-info\\.xml")
                                ? "\n" + new String(entry.getValue(), StandardCharsets.UTF_8)
                                : "\n"))
                .collect(Collectors.joining());
    }

    private void edit(String file, String from, String to) {
        try {
            String text = Files.readString(folder.resolve(file));
            assertThat(text).contains(from);
            Files.writeString(folder.resolve(file), text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
