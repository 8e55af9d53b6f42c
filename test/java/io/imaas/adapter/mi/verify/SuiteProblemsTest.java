package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.failure.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteProblemsTest {
    private static final String MOCK_FILE = "src/test/resources/mock-services/Users.xml";
    private static final String ASSERTION =
            "<assertions><assertEquals><actual>$body</actual><expected>1</expected><message>m</message></assertEquals></assertions>";
    private static final String CASES = "<test-cases><test-case name=\"a\">" + ASSERTION + "</test-case></test-cases>";
    private static final String MOCK =
            "<mock-service><service-name>UsersEP</service-name><port>9091</port><context>/users</context><resources><resource>"
                    + "<sub-context>/</sub-context><method>GET</method><request/><response><status-code>200</status-code>"
                    + "<payload>x</payload><headers><header name=\"A\" value=\"b\"/></headers></response></resource></resources></mock-service>";

    @TempDir
    private Path folder;

    private MiFiles files;

    @BeforeEach
    void aProject() {
        files = new MiFiles(folder)
                .sequence("Greet", "<respond/>")
                .endpoint("UsersEP")
                .with(MOCK_FILE, MOCK);
    }

    private static String suite(String artifact, String supportive, String resources, String cases, String mocks) {
        return "<unit-test><artifacts><test-artifact><artifact>" + artifact
                + "</artifact></test-artifact><supportive-artifacts>" + supportive + "</supportive-artifacts>"
                + resources
                + "</artifacts>" + cases + "<mock-services>" + mocks + "</mock-services></unit-test>";
    }

    private static String sequence() {
        return ARTIFACTS + "sequences/Greet.xml";
    }

    private static String endpoint() {
        return "<artifact>/" + ARTIFACTS + "endpoints/UsersEP.xml</artifact>";
    }

    private static String mock(String file) {
        return "<mock-service>" + file + "</mock-service>";
    }

    @Test
    void aGoodSuiteHasNoProblem() {
        files.suite("One", suite(sequence(), endpoint(), "", CASES, mock(MOCK_FILE)));
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void pathsMustLeadSomewhere() {
        files.suite(
                "One",
                suite(
                        "gone.xml",
                        "<artifact>gone2.xml</artifact><artifact/>",
                        "<registry-resources><registry-resource><file-name>f</file-name><artifact>gone3</artifact>"
                                + "<registry-path>/</registry-path><media-type>x</media-type></registry-resource></registry-resources>"
                                + "<connector-resources><connector-resource>gone4.zip</connector-resource>"
                                + "<connector-resource>mi-connector-by-maven-1.0</connector-resource></connector-resources>",
                        CASES,
                        mock("gone5.xml")));
        assertThat(files.lint())
                .extracting(p -> p.rule() + p.what().replaceFirst("^[^g]*", " ").replaceFirst(" does.*", ""))
                .contains(
                        "missing-file gone.xml",
                        "missing-file gone2.xml",
                        "missing-file gone3",
                        "missing-file gone4.zip")
                .hasSize(6);
        assertThat(files.lint()).filteredOn(p -> p.what().contains("gone5.xml")).hasSize(1);
    }

    @Test
    void aResourceThatAnArtifactUsesMustBeNamed() {
        String file = MiFiles.RESOURCES + "a.xslt";
        files.with(file, "<a/>").sequence("Greet", "<xslt key=\"resources:a.xslt\"/>");
        String named = "<registry-resources><registry-resource><file-name>a.xslt</file-name><artifact>/" + file
                + "</artifact><registry-path>/_system/governance/mi-resources</registry-path>"
                + "<media-type>text/xml</media-type></registry-resource></registry-resources>";

        files.suite("One", suite(sequence(), "", named, CASES, ""));
        assertThat(files.lint()).extracting(Problem::rule).doesNotContain("not-in-suite");
        files.suite("One", suite(sequence(), "", "", CASES, ""));
        assertThat(files.lint())
                .filteredOn(problem -> problem.rule().equals("not-in-suite"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).contains("uses resources:a.xslt", "/" + file));
    }

    /** Seen on the real server: without it the suite fails, or passes by what the suite before it brought. */
    @Test
    void aConnectorThatAnArtifactUsesMustBeNamed() throws IOException {
        String zip = MiFiles.RESOURCES + "connectors/mi-connector-demo-1.0.0.zip";
        String named =
                "<connector-resources><connector-resource>" + zip + "</connector-resource></connector-resources>";
        zip(zip, "<connector><component name='demo' package='org.example'/></connector>");
        files.sequence("Greet", "<demo.greet><who>ann</who></demo.greet>");

        files.suite("One", suite(sequence(), "", named, CASES, ""));
        assertThat(files.lint()).isEmpty();
        files.suite("One", suite(sequence(), "", "<connector-resources/>", CASES, ""));
        assertThat(files.lint()).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo("not-in-suite");
            assertThat(problem.sentence()).contains("uses the connector 'demo'", zip);
        });

        zip(zip, "<other/>");
        files.suite("One", suite(sequence(), "", named, CASES, ""));
        assertThat(files.lint()).extracting(Problem::rule).containsExactlyInAnyOrder("bad-connector", "bad-suite");
    }

    /** Seen on 4.1.0-wso2v67: PATCH is answered, HEAD and OPTIONS come in as POST. */
    @ParameterizedTest
    @CsvSource({"PATCH,false", "head,true", "OPTIONS,true"})
    void aSequenceUnderTestCannotCallWithEveryMethod(String method, boolean told) {
        files.suite("One", suite(sequence(), endpoint(), "", CASES, mock(MOCK_FILE)))
                .with(MOCK_FILE, MOCK.replace(">GET<", ">" + method + "<"));
        assertThat(files.lint())
                .extracting(problem -> problem.severity() + " " + problem.rule())
                .isEqualTo(told ? List.of("WARNING bad-mock-service") : List.of());
    }

    @Test
    void aSuiteWithAnEndingInCapitalsIsToldForNobodyRunsIt() {
        String suite = suite(sequence(), "", "", CASES, "");
        files.with("src/test/wso2mi/Lost.XML", suite)
                .with("src/test/wso2mi/deep/Lost.Xml", "\uFEFF" + suite)
                .with("src/test/wso2mi/Other.XML", "<note/>")
                .with("src/test/wso2mi/Broken.XML", "no xml");
        assertThat(files.lint())
                .extracting(
                        problem -> problem.severity() + " " + problem.where().file())
                .containsExactly("WARNING src/test/wso2mi/Lost.XML", "WARNING src/test/wso2mi/deep/Lost.Xml");
    }

    private void zip(String file, String connector) throws IOException {
        Path zip = folder.resolve(file);
        Files.createDirectories(zip.getParent());
        Files.write(zip, CarZip.write(Map.of("connector.xml", connector.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatStandsASecondTimeIsNeverRead() {
        String twice = CASES + CASES.replace("name=\"", "name=\"second ");
        files.suite("One", suite(sequence(), endpoint(), "", twice, mock(MOCK_FILE)))
                .with(MOCK_FILE, MOCK.replace("<context>", "<port>9092</port><context>"));
        assertThat(files.lint())
                .extracting(problem -> problem.rule() + " " + problem.what())
                .containsExactlyInAnyOrder(
                        "bad-suite <unit-test> has a second <test-cases>, which the server never reads",
                        "bad-mock-service <mock-service> has a second <port>, which the server never reads");
    }

    @Test
    void aPathOutOfTheProjectIsNoPath() {
        files.suite("One", suite("../../../../../../etc/hostname", "", "", CASES, ""));
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("missing-file");
    }

    @Test
    void casesNeedNamesThatDifferAndSomethingToAssert() {
        files.suite(
                "One",
                suite(
                        sequence(),
                        "",
                        "",
                        "<test-cases><test-case name=\"a\">" + ASSERTION + "</test-case><test-case name=\"a\">"
                                + ASSERTION
                                + "</test-case><test-case>" + ASSERTION
                                + "</test-case><test-case name=\"b\"><assertions/></test-case>"
                                + "<test-case name=\"c\"><assertions><assertTrue/></assertions></test-case>"
                                + "<test-case name=\"d\"><assertions><assertEquals><actual>1</actual></assertEquals></assertions></test-case></test-cases>",
                        ""));
        assertThat(files.lint())
                .extracting(Problem::rule)
                .containsExactly("duplicate-name", "no-name", "no-assertion", "bad-suite", "bad-suite", "bad-suite");
    }

    @Test
    void aSuiteWithoutCasesOrOfAnotherRootIsTold() {
        files.suite("One", suite(sequence(), "", "", "", "")).suite("Two", "<unit-tests/>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("no-cases", "wrong-root");
    }

    @ParameterizedTest
    @CsvSource({
        "<port>9091</port>, <port>http</port>, 'http' is not a port",
        "<port>9091</port>, <port> 9091 </port>, is not a port",
        "<port>9091</port>, <port>70000</port>, '70000' is not a port",
        "<port>9091</port>, '', <mock-service> has no <port>",
        "<context>/users</context>, '', <mock-service> has no <context>",
        "<service-name>UsersEP</service-name>, '', <mock-service> has no <service-name>",
        "<sub-context>/</sub-context>, '', the resource has no <sub-context>",
        "<method>GET</method>, '', <resource> has no <method>",
        "<status-code>200</status-code>, <status-code>OK</status-code>, 'OK' is not a status code",
        "<header name=\"A\" value=\"b\"/>, <header key=\"A\"/>, a header needs the attributes",
    })
    void malformedMockServicesAreTold(String part, String replacement, String what) {
        files.with(MOCK_FILE, MOCK.replace(part, replacement))
                .suite("One", suite(sequence(), endpoint(), "", CASES, mock(MOCK_FILE)));
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("bad-mock-service");
            assertThat(p.where().file()).isEqualTo(MOCK_FILE);
            assertThat(p.what()).contains(what);
        });
    }

    @Test
    void aMockServiceThatIsNotWellFormedIsToldWithItsPlace() {
        files.with(MOCK_FILE, "<mock-service>\n<port>")
                .suite("One", suite(sequence(), endpoint(), "", CASES, mock(MOCK_FILE)));
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("not-well-formed");
            assertThat(p.where().file()).isEqualTo(MOCK_FILE);
            assertThat(p.where().line()).isEqualTo(2);
        });
    }

    @Test
    void aMockServiceForNoEndpointAndTwoOnOnePortAreTold() {
        files.with("src/test/resources/mock-services/Other.xml", MOCK.replace("UsersEP", "OtherEP"))
                .suite(
                        "One",
                        suite(
                                sequence(),
                                endpoint(),
                                "",
                                CASES,
                                mock(MOCK_FILE) + mock("src/test/resources/mock-services/Other.xml")));
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("duplicate-port", "unused-mock");
    }

    @Test
    void whatTheServerCannotRunIsAnError(@TempDir Path folder) {
        MiFiles project = new MiFiles(folder)
                .with(
                        MiFiles.ARTIFACTS + "apis/Shop.xml",
                        "<api name=\"Shop\" context=\"/s\"" + MiFiles.NS
                                + "><resource methods=\"GET\"><inSequence><drop/></inSequence></resource></api>")
                .with(
                        MiFiles.ARTIFACTS + "message-stores/M.xml",
                        "<messageStore name=\"M\" class=\"c.M\"" + MiFiles.NS + "/>")
                .with(
                        "mock.xml",
                        """
                        <mock-service><service-name>E</service-name><port>9090</port><context>/</context><resources>
                        <resource><sub-context>/</sub-context><method>PUT</method><request/>
                        <response><status-code>200</status-code></response></resource></resources></mock-service>""")
                .endpoint("E")
                .suite(
                        "T",
                        """
                        <unit-test><artifacts><test-artifact>
                        <artifact>src/main/wso2mi/artifacts/apis/Shop.xml</artifact></test-artifact>
                        <supportive-artifacts>
                        <artifact>src/main/wso2mi/artifacts/message-stores/M.xml</artifact>
                        <artifact>src/main/wso2mi/artifacts/endpoints/E.xml</artifact>
                        </supportive-artifacts></artifacts>
                        <test-cases><test-case name="c"><input>
                        <payload><a/></payload></input><assertions>
                        <assertNotNull><actual>$ctx:p</actual><message>m</message></assertNotNull></assertions>
                        </test-case></test-cases>
                        <mock-services><mock-service>mock.xml</mock-service></mock-services></unit-test>""");
        assertThat(MiFiles.places(project.lint()))
                .containsExactly(
                        "bad-mock-service mock.xml:2:39",
                        "bad-suite src/test/wso2mi/T.xml:4:1",
                        "bad-suite src/test/wso2mi/T.xml:7:13",
                        "bad-suite src/test/wso2mi/T.xml:8:1",
                        "bad-suite src/test/wso2mi/T.xml:9:16");
    }

    /** What the server's own readers refuse, or pass over. */
    @Test
    void inputsMustBeWhatTheServerReads() {
        String inputs =
                "<test-cases><test-case name=\"a\"><input>%s</input><assertions><assertNotNull><actual>%s</actual>"
                        + "<message>m</message></assertNotNull></assertions></test-case></test-cases>";
        files.suite(
                "Sequence",
                suite(
                        sequence(),
                        endpoint(),
                        "",
                        inputs.formatted(
                                "<properties><property name=\"x\" value=\"1\"/><property name=\"y\" scope=\"operation\" value=\"1\"/>"
                                        + "<property value=\"1\"/></properties>",
                                "$body"),
                        ""));
        assertThat(files.lint())
                .extracting(Problem::what)
                .containsExactly(
                        "the server knows no scope 'operation' and breaks off",
                        "the property has no name, and the server breaks off");
        files.without("src/test/wso2mi/Sequence.xml")
                .with(
                        ARTIFACTS + "apis/Api.xml",
                        "<api name=\"Api\" context=\"/a\"" + NS
                                + "><resource methods=\"GET\"><inSequence><respond/></inSequence>"
                                + "</resource></api>")
                .suite(
                        "Api",
                        suite(
                                ARTIFACTS + "apis/Api.xml",
                                "",
                                "",
                                inputs.formatted(
                                        "<request-method>FETCH</request-method><properties><property name=\"x\" scope=\"transport\""
                                                + " value=\"1\"/><property name=\"y\" value=\"1\"/></properties>",
                                        "$statusCode"),
                                ""));
        assertThat(files.lint())
                .extracting(Problem::what)
                .containsExactly(
                        "the server sends no 'FETCH'",
                        "a property of the scope 'default' does not travel with the request, so it is not set");
    }
}
