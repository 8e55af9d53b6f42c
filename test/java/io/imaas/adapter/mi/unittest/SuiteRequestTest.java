package io.imaas.adapter.mi.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.model.source.TestSelection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class SuiteRequestTest {
    private static final String RECORDED = "test/fixtures/unittest/unit-test-wire-request.xml";

    @TempDir
    private Path folder;

    private Suites suites;

    @BeforeEach
    void aProject() {
        suites = new Suites(folder);
    }

    private SuiteSource read(String name) {
        return new SuiteReader(ProjectTree.of(folder), TestSelection.ALL).read(Suites.file(name));
    }

    @Test
    void theRequestIsTheOneThatWso2sPluginWasSeenToSend() throws Exception {
        String recorded = Files.readString(Path.of(RECORDED));
        int start = recorded.indexOf("<sequence");
        int end = recorded.indexOf("</sequence>") + "</sequence>".length();
        String path = "src/main/wso2mi/artifacts/sequences/BuildGreeting.xml";
        suites.with(path, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + recorded.substring(start, end) + "\n")
                .raw(
                        "Greeting",
                        "<?xml version=\"1.0\"?>\n" + recorded.substring(0, start) + path + recorded.substring(end));
        SuiteSource suite = read("Greeting");
        assertThat(suite.problem()).isEmpty();
        assertThat(suite.cases()).containsExactly("greets_by_name");
        assertThat(suite.request()).isEqualTo(recorded.strip());
    }

    @Test
    void everythingTheSuiteNamesIsInlined() throws Exception {
        suites.with(
                        "src/main/wso2mi/artifacts/endpoints/Users.xml",
                        "<endpoint xmlns=\"http://ws.apache.org/ns/synapse\" name=\"Users\"/>")
                .with("src/main/wso2mi/resources/registry/gov/rules.xslt", "<a b=\"1 & 2\">\r\n</a>")
                .with("src/main/wso2mi/resources/connectors/mi-connector-http-1.0.0.zip", "PK zip")
                .with("target/dependency/mi-connector-file-2.0.0.zip", "PK file")
                .with(
                        "src/test/resources/mock-services/Users.xml",
                        "<?xml version=\"1.0\"?><mock-service><service-name>Users</service-name><context>/users</context><resources><resource>"
                                + "<sub-context>/</sub-context><method>GET</method><response><status-code>200</status-code></response>"
                                + "</resource></resources></mock-service>")
                .raw(
                        "All",
                        Suites.xml(
                                "<artifact>src/main/wso2mi/artifacts/endpoints/Users.xml</artifact>",
                                "<registry-resources><registry-resource><file-name>rules.xslt</file-name>"
                                        + "<artifact>src/main/wso2mi/resources/registry/gov/rules.xslt</artifact>"
                                        + "<registry-path>/_system/governance</registry-path><media-type>text/xml</media-type>"
                                        + "</registry-resource></registry-resources>"
                                        + "<connector-resources>"
                                        + "<connector-resource>/src/main/wso2mi/resources/connectors/mi-connector-http-1.0.0.zip</connector-resource>"
                                        + "<connector-resource>mi-connector-file-2.0.0</connector-resource></connector-resources>",
                                "<mock-services>\n <mock-service>src/test/resources/mock-services/Users.xml</mock-service>\n</mock-services>",
                                "a"));
        SuiteSource suite = read("All");
        assertThat(suite.problem()).isEmpty();
        assertThat(suite.mocks()).containsExactly("Users: GET /users/ -> 200");
        assertThat(suite.request())
                .contains("<artifact>" + Suites.SEQUENCE + "</artifact>")
                .contains("name=\"Users\"/></artifact>")
                .contains("<artifact>&lt;a b=\"1 &amp; 2\"&gt;&#xd;\n&lt;/a&gt;</artifact>")
                .contains(">UEsgemlw</connector-resource>")
                .contains(">UEsgZmlsZQ==</connector-resource>")
                .contains("<mock-services><mock-service><service-name>Users</service-name>")
                .contains("<![CDATA[{}]]>");
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(suite.request().getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("unit-test");
    }

    @Test
    void aSuiteWithoutMockServicesGetsTheEmptyElementThatTheServerNeeds() {
        suites.raw("NoMocks", Suites.xml("", "", "", "a"));
        assertThat(read("NoMocks").request()).endsWith("</test-cases><mock-services/></unit-test>");
    }

    @Test
    void aMissingArtifactIsTheSuitesProblemAndItsCasesAreKnown() {
        suites.raw("Bad", Suites.xml("<artifact>nowhere.xml</artifact>", "", "", "a", "b"));
        SuiteSource suite = read("Bad");
        assertThat(suite.sendable()).isFalse();
        assertThat(suite.problem()).contains("nowhere.xml").contains("Bad.xml:1:");
        assertThat(suite.cases()).containsExactly("a", "b");
    }

    @Test
    void nothingOutsideOfTheProjectIsEverRead(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.xml"), "<secret/>");
        Files.createSymbolicLink(folder.resolve("link.xml"), elsewhere.resolve("secret.xml"));
        suites.raw("Up", Suites.xml("<artifact>../" + elsewhere.getFileName() + "/secret.xml</artifact>", "", "", "a"))
                .raw("Absolute", Suites.xml("<artifact>" + elsewhere + "/secret.xml</artifact>", "", "", "a"))
                .raw("Link", Suites.xml("<artifact>link.xml</artifact>", "", "", "a"));
        for (String name : new String[] {"Up", "Absolute", "Link"}) {
            assertThat(read(name).sendable()).as(name).isFalse();
        }
    }

    @Test
    void aBinaryRegistryResourceCantBeSent() throws IOException {
        suites.raw(
                "Binary",
                Suites.xml(
                        "",
                        "<registry-resources><registry-resource><file-name>x</file-name><artifact>x.bin</artifact>"
                                + "<registry-path>/</registry-path><media-type>x</media-type></registry-resource></registry-resources>",
                        "",
                        "a"));
        Files.write(folder.resolve("x.bin"), new byte[] {0, (byte) 0xFF, 1});
        assertThat(read("Binary").problem()).contains("not UTF-8 text");
    }

    @Test
    void aDataMapperBringsWhatTheBuildMadeOfIt() {
        String resource = "<registry-resources><registry-resource><file-name>Map.ts</file-name>"
                + "<artifact>src/main/wso2mi/resources/registry/gov/datamapper/Map/Map.ts</artifact>"
                + "<registry-path>/_system/governance/datamapper/Map</registry-path><media-type>application/ts</media-type>"
                + "</registry-resource></registry-resources>";
        suites.with("src/main/wso2mi/resources/registry/gov/datamapper/Map/Map.ts", "map()")
                .raw("Mapper", Suites.xml("", resource, "", "a"));
        assertThat(read("Mapper").problem()).contains("build the project with Maven first");
        for (String made : new String[] {"Map.dmc", "Map_inputSchema.json", "Map_outputSchema.json"}) {
            suites.with("target/datamapper/Map/" + made, "<" + made + ">");
        }
        assertThat(read("Mapper").request())
                .contains("<file-name>Map.dmc</file-name><artifact>&lt;Map.dmc&gt;</artifact>")
                .contains("<file-name>Map_outputSchema.json</file-name>");
    }
}
