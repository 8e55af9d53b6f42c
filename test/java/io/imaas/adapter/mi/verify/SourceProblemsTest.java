package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.NS;
import static io.imaas.adapter.mi.verify.MiFiles.RESOURCES;
import static io.imaas.adapter.mi.verify.MiFiles.places;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceProblemsTest {
    private static final String SEQUENCES = ARTIFACTS + "sequences/";

    @TempDir
    private Path folder;

    private MiFiles files;

    @BeforeEach
    void aHealthyProject() throws IOException {
        files = MiFiles.hello2(folder);
    }

    @Test
    void aHealthyProjectHasNoProblem() {
        assertThat(files.lint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "four,true",
        "latest,true",
        "0.9,true",
        "4.4.0-alpha,false",
        "4.9.9,false",
        "'',false",
        "${mi.version},false"
    })
    void aVersionOfTheRuntimeThatIsNoneIsAnError(String version, boolean wrong) {
        assertThat(places(files.runtime(version).lint()))
                .isEqualTo(wrong ? List.of("invalid-value pom.xml:9:5") : List.of());
    }

    @Test
    void aMissingEndTagIsToldWithItsLineAndColumn() {
        files.with(SEQUENCES + "Broken.xml", "<sequence name=\"Broken\"" + NS + ">\n  <log>\n</sequence>");
        assertThat(places(files.lint())).containsExactly("not-well-formed " + SEQUENCES + "Broken.xml:3:1");
    }

    @Test
    void aBrokenStartTagIsToldAndNotDropped() {
        files.with(SEQUENCES + "Broken.xml", "<sequence name=\"Broken\n<log/></sequence>");
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("not-well-formed");
            assertThat(p.where().line()).isEqualTo(1);
        });
    }

    @Test
    void anEmptyFileIsNoArtifact() {
        files.with(SEQUENCES + "Empty.xml", "");
        assertThat(places(files.lint())).containsExactly("not-well-formed " + SEQUENCES + "Empty.xml:1:1");
    }

    @Test
    void theRootElementMustBeTheFoldersOwn() {
        files.with(SEQUENCES + "UsersAgain.xml", "<endpoint name=\"UsersAgain\"" + NS + "/>");
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("wrong-root");
            assertThat(p.what()).contains("<endpoint>", "<sequence>");
        });
    }

    @Test
    void aRootOutsideOfSynapsesNamespaceIsAWarning() {
        files.with(SEQUENCES + "Plain.xml", "<sequence name=\"Plain\"/>");
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("wrong-namespace");
            assertThat(p.severity()).isEqualTo(Severity.WARNING);
        });
    }

    @Test
    void namesMustBeThereAndFitTheFile() {
        files.with(SEQUENCES + "A.xml", "<sequence" + NS + "/>")
                .with(SEQUENCES + "B.xml", "<sequence name=\"Other\"" + NS + "/>")
                .with(SEQUENCES + "C.xml", "<sequence name=\"../../evil\"" + NS + "/>");
        assertThat(places(files.lint()))
                .containsExactly(
                        "no-name " + SEQUENCES + "A.xml:1:1",
                        "name-differs " + SEQUENCES + "B.xml:1:11",
                        "unfit-name " + SEQUENCES + "C.xml:1:11");
    }

    @Test
    void duplicatesAreToldAlsoAcrossTheKindsOfTheLocalRegistry() {
        files.with(SEQUENCES + "Copy.xml", "<sequence name=\"BuildGreeting\"" + NS + "/>")
                .with(ARTIFACTS + "local-entries/UsersEP.xml", "<localEntry key=\"UsersEP\"" + NS + "/>");
        assertThat(files.lint())
                .filteredOn(p -> p.rule().equals("duplicate-name"))
                .extracting(Problem::what)
                .containsExactly(
                        "local entry 'UsersEP' has the name of the endpoint in " + ARTIFACTS + "endpoints/UsersEP.xml",
                        "sequence 'BuildGreeting' has the name of the sequence in " + SEQUENCES + "BuildGreeting.xml");
    }

    @Test
    void twoVersionsOfAnApiAreNoDuplicatesButTwoApisOfOneContextAre() {
        files.with(
                ARTIFACTS + "apis/HelloAPI_v2.xml",
                "<api name=\"HelloAPI\" context=\"/hello\" version=\"2\" version-type=\"context\"" + NS
                        + "><resource/></api>");
        assertThat(files.lint()).isEmpty();
        files.with(
                ARTIFACTS + "apis/Twin.xml",
                "<api name=\"Twin\" context=\"/hello\" version=\"2\" version-type=\"context\"" + NS
                        + "><resource/></api>");
        assertThat(places(files.lint())).containsExactly("duplicate-context " + ARTIFACTS + "apis/Twin.xml:1:18");
    }

    @Test
    void whatTheBuildWouldNotPackIsAWarning() {
        files.with(SEQUENCES + "common/Deep.xml", "<sequence name=\"Deep\"" + NS + "/>")
                .with(ARTIFACTS + "sequence/Typo.xml", "<sequence name=\"Typo\"" + NS + "/>");
        assertThat(places(files.lint()))
                .containsExactly(
                        "not-packed " + ARTIFACTS + "sequence/Typo.xml", "not-packed " + SEQUENCES + "common/Deep.xml");
    }

    @Test
    void aDescriptionThatNoApiTakesIsTold() {
        files.with(RESOURCES + "api-definitions/Gone.yaml", "openapi: 3.0.0\n")
                .with(RESOURCES + "metadata/HelloAPI_metadata.yaml", "key: x\n")
                .with(RESOURCES + "metadata/S_1.0.0_data_service_metadata.yaml", "key: x\n");
        assertThat(files.lint()).allMatch(problem -> problem.severity() == Severity.INFO);
        assertThat(places(files.lint())).contains("not-packed " + RESOURCES + "api-definitions/Gone.yaml");
        assertThat(places(files.lint())).noneMatch(place -> place.contains("data_service"));
    }

    @Test
    void whatALocalEntryHoldsIsNoExpression() {
        files.with(
                ARTIFACTS + "local-entries/E.xml",
                "<localEntry key=\"E\"" + NS + "><![CDATA[{\"k\": \"${configs.none}\"}]]></localEntry>");
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void undeclaredConfigurationKeysAreErrors() {
        files.with(RESOURCES + "conf/config.properties", "db_url:string\n# a comment\nport:int\n")
                .sequence(
                        "Uses",
                        "<log><property name=\"a\" value=\"${configs.db_url}\"/>"
                                + "<property name=\"b\" expression=\"${configs.db_uri + configs.port}\"/></log>"
                                + "<payloadFactory media-type=\"json\"><format>{\"k\": \"${configs.nowhere}\"}</format></payloadFactory>");
        assertThat(files.lint()).extracting(Problem::rule).containsOnly("undeclared-config");
        assertThat(files.lint())
                .extracting(Problem::sentence)
                .satisfiesExactly(
                        first -> assertThat(first).contains("${configs.db_uri}", "did you mean 'db_url'?"),
                        second -> assertThat(second).contains("${configs.nowhere}", "nowhere:string"));
    }

    @Test
    void registryResourcesMustExistAndBeDeclared() {
        files.without(RESOURCES + "registry/gov/note.txt").with(RESOURCES + "registry/gov/other.txt", "x");
        assertThat(files.lint())
                .satisfiesExactly(
                        missing -> {
                            assertThat(missing.rule()).isEqualTo("missing-resource");
                            assertThat(missing.where().line()).isEqualTo(5);
                        },
                        undeclared -> {
                            assertThat(undeclared.rule()).isEqualTo("undeclared-resource");
                            assertThat(undeclared.severity()).isEqualTo(Severity.WARNING);
                        });
    }

    @Test
    void aCollectionCoversAllFilesOfItsFolder() {
        files.with(RESOURCES + "registry/gov/xslt/a.xslt", "<a/>")
                .with(
                        RESOURCES + "registry/artifact.xml",
                        """
                        <artifacts>
                          <artifact name="all" version="1.0.0" type="registry/resource">
                            <collection><directory>xslt</directory><path>/_system/governance/xslt</path></collection>
                          </artifact>
                        </artifacts>
                        """)
                .without(RESOURCES + "registry/gov/note.txt");
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void aResourceThatIsDeclaredTwiceInOneWayDoesNoHarm() {
        String note =
                "<artifact name='n' version='1.0.0'><item><file>note.txt</file><path>/_system/governance</path></item>"
                        + "</artifact>";
        files.with(RESOURCES + "registry/artifact.xml", "<artifacts>" + note + note + "</artifacts>");
        assertThat(files.lint()).extracting(Problem::isError).containsExactly(false);
        files.with(
                RESOURCES + "registry/artifact.xml",
                "<artifacts>" + note + note.replace("1.0.0", "1.0.1") + "</artifacts>");
        assertThat(files.lint()).extracting(Problem::isError).containsExactly(true);
    }

    @Test
    void aDocumentTypeIsRefusedAndNothingIsRead() {
        files.with(
                SEQUENCES + "Xxe.xml",
                "<!DOCTYPE sequence [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<sequence name=\"Xxe\"" + NS
                        + ">&e;</sequence>");
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.sentence()).contains("document type declaration").doesNotContain("root:");
        });
    }

    @Test
    void problemsAreSortedByPlaceAndTheSameEachTime() {
        for (String name : List.of("Z", "M", "A")) {
            files.with(SEQUENCES + name + ".xml", "<sequence" + NS + "><sequence key=\"nope\"/>");
        }
        List<Problem> once = files.lint();
        assertThat(once).extracting(Problem::where).isSorted();
        assertThat(files.lint()).isEqualTo(once);
        assertThat(once).hasSize(3);
    }
}
