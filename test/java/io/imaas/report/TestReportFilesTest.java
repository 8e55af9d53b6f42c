package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.MediatorRun;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TestReportFilesTest {
    private static final TestReport REPORT = new TestReport(List.of(
            new Suite(
                    "src/test/wso2mi/Greeting.xml",
                    List.of(
                            new Case("greets", Verdict.PASSED, "", "", ""),
                            new Case(
                                    "differs",
                                    Verdict.FAILED,
                                    "greeting differs",
                                    "<a>\u0007 & ]]></a>",
                                    "{\"m\":\"x\"}"),
                            new Case("left out", Verdict.MISSING, "no result", "", ""),
                            new Case("skipped", Verdict.SKIPPED, "the server skipped the case", "", "")),
                    List.of(
                            new Coverage("Sequence", "Greet", 62.5, List.of()),
                            new Coverage("API", "Hello", 100, List.of())),
                    1234,
                    "",
                    List.of("Users: GET /users/ -> 200")),
            new Suite(
                    "src/test/wso2mi/Broken.xml",
                    List.of(),
                    List.of(),
                    0,
                    "Broken.xml:1:1: not well-formed",
                    List.of()),
            new Suite(
                    "src/test/wso2mi/Other.xml",
                    List.of(new Case("x", Verdict.PASSED, "", "", "")),
                    List.of(new Coverage("Sequence", "Greet", 80, List.of())),
                    1,
                    "",
                    List.of())));

    private static String at(String xml, String path) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }

    @Test
    void jUnitXmlTellsEverySuiteAndEveryCase() throws Exception {
        String xml = JUnitXml.of(REPORT);
        assertThat(at(xml, "count(//testsuite)")).isEqualTo("3");
        assertThat(at(xml, "/testsuites/@tests")).isEqualTo("6");
        assertThat(at(xml, "/testsuites/@failures")).isEqualTo("1");
        assertThat(at(xml, "/testsuites/@errors")).isEqualTo("2");
        assertThat(at(xml, "/testsuites/@skipped")).isEqualTo("1");
        assertThat(at(xml, "//testsuite[1]/@time")).isEqualTo("1.234");
        assertThat(at(xml, "//testcase[@name='greets']/@classname")).isEqualTo("src.test.wso2mi.Greeting");
        assertThat(at(xml, "count(//testcase[@name='x']/*)")).isEqualTo("0");
        assertThat(at(xml, "//testcase[@name='greets']/system-out")).contains("Users: GET /users/ -> 200");
        assertThat(at(xml, "//testsuite[1]/properties/property/@value")).isEqualTo("Users: GET /users/ -> 200");
        assertThat(at(xml, "//testcase[@name='differs']/failure/@message")).isEqualTo("greeting differs");
        assertThat(at(xml, "//testcase[@name='differs']/failure"))
                .contains("expected: <a>\uFFFD & ]]></a>")
                .contains("actual:   {\"m\":\"x\"}");
        assertThat(at(xml, "//testcase[@name='left out']/error/@type")).isEqualTo("missing");
        assertThat(at(xml, "//testsuite[2]/testcase/error/@message")).contains("not well-formed");
    }

    @Test
    void documentsAreComparedLineByLineAndJsonByItsContent() {
        assertThat(Difference.of("{\"a\":1,\"b\":[1,2]}", "{ \"a\": 1, \"b\": [1, 3] }"))
                .containsExactly(
                        "  …", "    \"a\" : 1,", "    \"b\" : [", "      1,", "-     2", "+     3", "    ]", "  }");
        assertThat(Difference.of("one\ntwo", "one")).containsExactly("  one", "- two");
        assertThat(Difference.of("1\n2\n3\n4\n5\n6\n7\n8", "1\n2\n3\n4\n5\n6\n7\nx"))
                .containsExactly("  …", "  5", "  6", "  7", "- 8", "+ x");
        assertThat(Difference.of("one", "two")).isEmpty();
        assertThat(Difference.of("x\n".repeat(5_000), "y")).isEmpty();
    }

    @Test
    void coberturaXmlTellsTheBestOfTheSuites() throws Exception {
        String xml = CoberturaXml.of(REPORT);
        assertThat(at(xml, "/coverage/packages/package[@name='Sequence']/classes/class/@line-rate"))
                .isEqualTo("0.8000");
        assertThat(at(xml, "count(//class[@name='Greet']//line[@hits='1'])")).isEqualTo("80");
        assertThat(at(xml, "count(//class[@name='Greet']//line)")).isEqualTo("100");
        assertThat(at(xml, "/coverage/@line-rate")).isEqualTo("0.9000");
        assertThat(at(CoberturaXml.of(new TestReport(List.of())), "/coverage/@line-rate"))
                .isEqualTo("0.0000");
    }

    @Test
    void aMediatorThatAnySuiteReachesIsCoveredByALineOfItsOwn() throws Exception {
        Coverage first = new Coverage(
                "Sequence", "Main", 50, List.of(new MediatorRun("m/1.Log", true), new MediatorRun("m/2.Drop", false)));
        Coverage second = new Coverage(
                "Sequence", "Main", 0, List.of(new MediatorRun("m/1.Log", false), new MediatorRun("m/2.Drop", false)));
        TestReport report = new TestReport(List.of(
                new Suite("a.xml", List.of(), List.of(first), 1, "", List.of()),
                new Suite("b.xml", List.of(), List.of(second), 1, "", List.of())));

        assertThat(CoverageTotals.of(report)).containsExactly(first);
        String xml = CoberturaXml.of(report);
        assertThat(at(xml, "count(//class[@name='Main']//line)")).isEqualTo("2");
        assertThat(at(xml, "//class[@name='Main']//line[@number='1']/@hits")).isEqualTo("1");
        assertThat(at(xml, "/coverage/@line-rate")).isEqualTo("0.5000");
    }

    @Test
    void sarifTellsRuleLevelAndPlace() throws Exception {
        List<Problem> problems = List.of(
                Problem.error("no-name", new Location("a b/x.xml", 3, 7), "it has no name", "give it one"),
                Problem.warning("plain-secret", Location.of("c.toml"), "looks like a secret", ""),
                new Problem(Problem.Severity.INFO, "no-name", new Location("y.xml", 2, 0), "x", ""));
        JsonNode sarif = new ObjectMapper().readTree(SarifReport.of(problems, "1.2.3"));
        assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
        JsonNode run = sarif.path("runs").path(0);
        assertThat(run.at("/tool/driver/rules").findValuesAsText("id")).containsExactly("no-name", "plain-secret");
        assertThat(run.path("results").findValuesAsText("level")).containsExactly("error", "warning", "note");
        JsonNode place = run.at("/results/0/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("a%20b/x.xml");
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(3);
        assertThat(place.at("/region/startColumn").asInt()).isEqualTo(7);
        assertThat(run.at("/results/0/message/text").asText()).isEqualTo("it has no name (give it one)");
        assertThat(run.at("/results/0/ruleIndex").asInt()).isZero();
        assertThat(run.at("/results/1/locations/0/physicalLocation").has("region"))
                .isFalse();
    }
}
