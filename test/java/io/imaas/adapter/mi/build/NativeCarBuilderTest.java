package io.imaas.adapter.mi.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.Fixtures;
import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NativeCarBuilderTest {
    @TempDir
    private Path scratch;

    private MiFolder folder;

    @BeforeEach
    void anEmptyProject() {
        folder = MiFolder.in(scratch.resolve("project"));
    }

    static Stream<String> corpus() {
        return Fixtures.corpus().stream().filter(p -> !p.equals("consolidated"));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void anotherCopyWithOtherTimesGivesTheSameBytes(String name) throws IOException {
        Path copy = Fixtures.copy(Fixtures.CORPUS.resolve(name), scratch.resolve("a longer name for " + name));
        try (Stream<Path> all = Files.walk(copy)) {
            for (Path one : all.toList()) {
                Files.setLastModifiedTime(one, FileTime.from(Instant.parse("2001-09-09T01:46:40Z")));
            }
        }

        CarFile here = build(Fixtures.CORPUS.resolve(name), "here");
        CarFile there = build(copy, "there");

        assertThat(there.sha256()).isEqualTo(here.sha256());
        assertThat(Path.of(there.path())).hasSameBinaryContentAs(Path.of(here.path()));
    }

    private CarFile build(Path project, String output) {
        return new NativeCarBuilder()
                .build(
                        Fixtures.project(project),
                        Fixtures.options(io.imaas.port.CarBuilder.Choice.NATIVE, scratch.resolve(output)),
                        line -> {});
    }

    @Test
    void theCarTellsItsBuilderAndDigest() throws Exception {
        CarFile car = folder.sequence("Main").pack(scratch);

        assertThat(car.builder()).isEqualTo("native");
        assertThat(car.name()).isEqualTo("sample");
        assertThat(Path.of(car.path())).hasFileName("sample_1.0.0.car").hasDigest("SHA-256", car.sha256());
    }

    @Test
    void aLinkOutOfTheProjectIsNotPacked() throws IOException {
        folder.registry(
                "<artifact name=\"x\" version=\"1.0.0\" type=\"registry/resource\" serverRole=\"EnterpriseIntegrator\">"
                        + "<item><file>passwd</file><path>/_system/governance/</path><mediaType>a</mediaType></item></artifact>");
        folder.with(MiFolder.RESOURCES + "registry/gov/.keep", "");
        Files.createSymbolicLink(
                folder.root().resolve(MiFolder.RESOURCES + "registry/gov/passwd"), Path.of("/etc/passwd"));

        refused("it lies outside of the project, or a link leads there", MiFolder.RESOURCES + "registry/gov/passwd");
    }

    @ParameterizedTest
    @CsvSource({
        "src/main/wso2mi/artifacts/sequences, shared",
        "src/main/wso2mi/resources/registry/gov, shared",
        "src/main/java, /etc",
        "deployment, shared"
    })
    void aLinkedFolderIsRefusedByBuildAndLintInTheSameWords(String link, Path target) throws IOException {
        folder.with("shared/A.xml", "<sequence xmlns=\"http://ws.apache.org/ns/synapse\" name=\"A\"/>");
        Path made = folder.root().resolve(link);
        Files.createDirectories(made.getParent());
        Files.createSymbolicLink(made, folder.root().resolve(target));
        MiProject project = folder.inspect();

        List<Problem> problems = new ProjectVerifier().lint(project);

        assertThat(problems).extracting(Problem::rule).containsExactly("linked-folder");
        Problem problem = problems.get(0);
        assertThat(problem.isError()).isTrue();
        assertThat(problem.where().toString()).isEqualTo(link);
        for (CarBuilder.Choice choice : CarBuilder.Choice.values()) {
            CarBuilder.Options options = Fixtures.options(choice, scratch.resolve("out"));
            assertThatThrownBy(() -> ChosenCarBuilder.of(
                                    (command, output) -> {
                                        throw new AssertionError("Maven was started");
                                    },
                                    Duration.ofMinutes(1))
                            .build(project, options, line -> {}))
                    .isInstanceOfSatisfying(FailureException.class, e -> {
                        assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT);
                        assertThat(e.failure().sentence()).contains(problem.what(), link);
                        assertThat(e.failure().suggestion()).isEqualTo(problem.fix());
                    });
        }
    }

    @Test
    void linksToFilesWithinAndFoldersBesideTheSourcesAreAsBefore() throws IOException {
        folder.sequence("A").with("shared/B.xml", "<sequence xmlns=\"http://ws.apache.org/ns/synapse\" name=\"B\"/>");
        Files.createSymbolicLink(
                folder.root().resolve(MiFolder.ARTIFACTS + "sequences/B.xml"),
                folder.root().resolve("shared/B.xml"));
        Files.createSymbolicLink(folder.root().resolve("docs"), folder.root().resolve("shared"));
        Files.createSymbolicLink(
                folder.root().resolve("src/target"), folder.root().resolve("shared"));

        assertThat(folder.packed(scratch)).containsKey("B_1.0.0/B-1.0.0.xml");
        assertThat(new ProjectVerifier().lint(folder.inspect()))
                .extracting(Problem::rule)
                .doesNotContain("linked-folder");
    }

    @Test
    void aMissingEndTagIsRefusedWithItsPlace() {
        folder.with(MiFolder.ARTIFACTS + "sequences/Bad.xml", "<sequence name=\"Bad\">\n  <log>\n</sequence>\n");

        refused("not well-formed", MiFolder.ARTIFACTS + "sequences/Bad.xml:3:");
    }

    @Test
    void aBrokenStartTagIsRefusedNotDropped() {
        folder.with(MiFolder.ARTIFACTS + "apis/Bad.xml", "<api name=\"Bad\" context=/bad>\n</api>\n");

        refused("not well-formed", MiFolder.ARTIFACTS + "apis/Bad.xml:1:");
    }

    @Test
    void bytesOfAnotherEncodingAreRefusedWithTheirPlace() {
        byte[] latin = "<sequence name=\"L\">\n<!-- caf\u00e9 -->\n</sequence>".getBytes(StandardCharsets.ISO_8859_1);
        folder.with(MiFolder.ARTIFACTS + "sequences/L.xml", latin);

        refused("these bytes are not valid UTF-8", "sequences/L.xml:2:9");
    }

    @Test
    void aDeclaredEncodingIsUnderstood() {
        byte[] wide = "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?><sequence name=\"W\u00fc\"/>"
                .getBytes(StandardCharsets.UTF_16BE);
        folder.with(MiFolder.ARTIFACTS + "sequences/W.xml", wide);

        assertThat(folder.packed(scratch)).containsEntry("W\u00fc_1.0.0/W\u00fc-1.0.0.xml", wide);
    }

    @Test
    void anArtifactWithoutANameIsRefused() {
        folder.with(MiFolder.ARTIFACTS + "local-entries/Entry.xml", "<localEntry name=\"wrong attribute\"/>");

        refused("the <localEntry> has no key", "Entry.xml:1");
    }

    @Test
    void anApiWithoutAContextIsRefused() {
        folder.with(MiFolder.ARTIFACTS + "apis/A.xml", "<api name=\"A\"/>");

        refused("no context", "apis/A.xml:1");
    }

    @Test
    void twoArtifactsForTheSamePlaceAreRefusedWithBothNames() {
        folder.sequence("Same").with(MiFolder.ARTIFACTS + "endpoints/Other.xml", "<endpoint name=\"Same\"/>");

        refused("endpoints/Other.xml", "sequences/Same.xml");
    }

    @Test
    void aMissingRegistryResourceIsRefused() {
        folder.registry(item("gone.txt", "/_system/governance/texts"));

        refused("resources/registry/gov/texts/gone.txt is not there", "registry/artifact.xml:3:");
    }

    /** As WSO2's plugin does: one folder, and a line in the list for each. */
    @Test
    void aRegistryResourceThatIsListedTwiceInOneWayIsPackedOnce() {
        String item = item("a.txt", "/_system/governance/texts");
        folder.with(MiFolder.RESOURCES + "registry/gov/texts/a.txt", "a").registry(item + item);

        assertThat(new String(folder.packed(scratch).get("artifacts.xml"), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("include=\"true\"")))
                .hasSize(2);
        folder.with(MiFolder.RESOURCES + "registry/gov/other/a.txt", "b")
                .registry(item + item("a.txt", "/_system/governance/other"));
        refused("gets the same place in the CAR", "registry/artifact.xml");
    }

    @Test
    void aRegistryResourceOutsideOfTheProjectIsRefused() {
        folder.with("secret.txt", "s").registry(item("secret.txt", "/_system/governance/../../../../../.."));

        refused("lies outside", "registry/artifact.xml");
    }

    @Test
    void aPathInNoKnownPartOfTheRegistryIsRefused() {
        folder.registry(item("a.txt", "/_system/local"));

        refused("in no known part of the registry", "registry/artifact.xml");
    }

    @Test
    void aConnectorWithoutAVersionInItsNameIsRefused() {
        folder.with(
                MiFolder.RESOURCES + "connectors/connector.zip", CarZip.write(Map.of("connector.xml", new byte[0])));

        refused("file name has no version", "connectors/connector.zip");
    }

    @Test
    void aZipThatIsNoConnectorIsRefused() {
        folder.pomWith("<properties><project.runtime.version>4.4.0</project.runtime.version></properties>")
                .with(MiFolder.RESOURCES + "connectors/x-1.0.zip", "no zip");

        refused("the zip is not a connector", "connectors/x-1.0.zip");
    }

    @Test
    void aProjectThatNeedsMavenIsRefusedWithTheReason() {
        folder.with("src/main/java/a/M.java", "class M {}");

        refused("class mediators must be compiled: src/main/java/a/M.java", "");
    }

    @Test
    void nothingIsWrittenForARefusedProject() {
        folder.sequence("Good").with(MiFolder.ARTIFACTS + "sequences/Bad.xml", "<");

        assertThatThrownBy(() -> folder.pack(scratch.resolve("out"))).isInstanceOf(FailureException.class);
        assertThat(scratch.resolve("out")).doesNotExist();
    }

    @Test
    void entitiesReachNoFile() {
        folder.with("secret.txt", "s3cret")
                .with(
                        MiFolder.ARTIFACTS + "apis/A.xml",
                        "<!DOCTYPE api [<!ENTITY x SYSTEM \"file://" + folder.root() + "/secret.txt\">]>"
                                + "<api name=\"A\" context=\"/a\">&x;</api>");

        try {
            assertThat(all(folder.packed(scratch))).doesNotContain("s3cret");
        } catch (FailureException e) {
            assertThat(e.getMessage()).doesNotContain("s3cret");
        }
    }

    @Test
    void aByteOrderMarkDoesNotLoseTheArtifact() {
        folder.with(MiFolder.ARTIFACTS + "sequences/Marked.xml", "\uFEFF<sequence name=\"Marked\"/>");

        assertThat(folder.packed(scratch)).containsKey("Marked_1.0.0/Marked-1.0.0.xml");
    }

    @Test
    void bothVersionsOfAnApiKeepTheirDefinitions() {
        folder.with(MiFolder.ARTIFACTS + "apis/A1.xml", "<api name=\"A\" context=\"/a\" version=\"1\"/>")
                .with(MiFolder.ARTIFACTS + "apis/A2.xml", "<api name=\"A\" context=\"/a\" version=\"2\"/>")
                .with(MiFolder.RESOURCES + "api-definitions/A_v1.yaml", "one")
                .with(MiFolder.RESOURCES + "api-definitions/A_v2.yaml", "two");

        assertThat(folder.packed(scratch))
                .containsEntry("metadata/A_1_swagger_1/A_1_swagger-1.yaml", "one".getBytes(StandardCharsets.UTF_8))
                .containsEntry("metadata/A_2_swagger_2/A_2_swagger-2.yaml", "two".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEarlierCarIsReplaced() throws Exception {
        CarFile first = folder.sequence("One").pack(scratch);
        CarFile second = folder.sequence("Two").pack(scratch);

        assertThat(second.path()).isEqualTo(first.path());
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("project", "sample_1.0.0.car");
        }
    }

    private void refused(String what, String place) {
        assertThatThrownBy(() -> folder.pack(scratch.resolve("out")))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT);
                    assertThat(e.failure().sentence()).contains(what, place);
                    assertThat(e.failure().suggestion()).isNotBlank();
                });
    }

    private static String item(String file, String path) {
        return "<artifact name=\"r\" version=\"1\">\n<item><file>" + file + "</file><path>" + path
                + "</path></item></artifact>";
    }

    private static String all(Map<String, byte[]> car) {
        Map<String, String> texts = new LinkedHashMap<>();
        car.forEach((name, content) -> texts.put(name, new String(content, StandardCharsets.UTF_8)));
        return texts.toString();
    }
}
