package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.ProtocolServer.caseResult;
import static io.imaas.adapter.mi.unittest.ProtocolServer.passed;
import static io.imaas.adapter.mi.unittest.ProtocolServer.reply;
import static io.imaas.adapter.mi.unittest.ProtocolServer.result;
import static io.imaas.adapter.mi.unittest.Suites.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.MediatorRun;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What replies mean: nothing passes that no server said has passed. */
class RepliesTest extends OneSuite {
    @Test
    void aStringThatIsNoJsonOrNoObjectIsNoResult() {
        allMissing(replied("all good!"), "is not JSON");
        allMissing(replied("[]"), "not a JSON object");
        allMissing(replied(""), "not a JSON object");
        allMissing(replied("{\"deploymentStatus\":\"FAILED\",\"deploymentStatus\":\"PASSED\"}"), "is not JSON");
    }

    @Test
    void anEmptyObjectIsNoPass() {
        allMissing(replied("{}"), "no deployment status");
    }

    @Test
    void aFailedDeploymentFailsAllCasesWithItsReason() {
        allMissing(
                replied(
                        "{\"deploymentStatus\":\"FAILED\",\"deploymentException\":\"no such mediator\",\"testCases\":[]}"),
                "no such mediator");
    }

    @Test
    void anArtifactThatWasNotLoadedIsToldWhateverTheStatus() {
        Suite suite = run((request, connection) -> reply(
                connection,
                passed(request)
                        .replace(
                                "\"deploymentException\":null",
                                "\"deploymentException\":\"Sequence Broken : Failed\"")));
        assertThat(suite.problem()).contains("could not load an artifact", "Sequence Broken : Failed");
        assertThat(new TestReport(List.of(suite)).passed()).isFalse();
    }

    @Test
    void aSkippedSuiteIsNoPass() {
        allMissing(
                replied(
                        "{\"deploymentStatus\":\"SKIPPED\",\"deploymentDescription\":\"Failed while reading synapseTestCase data\"}"),
                "SKIPPED");
    }

    @Test
    void aCaseThatIsLeftOutIsMissing() {
        Suite suite = run((request, connection) -> reply(connection, result(List.of(caseResult("a")))));
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("a=PASSED", "b=MISSING");
        assertThat(suite.cases().get(1).message()).contains("does not tell of it");
    }

    @Test
    void noCasesAtAllAreAllMissing() {
        Suite suite = run((request, connection) -> reply(connection, result(List.of())));
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("a=MISSING", "b=MISSING");
    }

    @Test
    void wrongNamesAreMissingOnesAndUnaskedOnes() {
        Suite suite = run((request, connection) ->
                reply(connection, result(List.of(caseResult("A"), caseResult("b"), caseResult("b")))));
        assertThat(verdicts(new TestReport(List.of(suite))))
                .containsExactly("a=MISSING", "b=PASSED", "A=ERROR", "b=ERROR");
        assertThat(new TestReport(List.of(suite)).passed()).isFalse();
    }

    @Test
    void aRunThatBreaksOffIsAnErrorInItsCaseAndTheRestIsMissing() {
        Suite suite = replied(
                "{\"deploymentStatus\":\"PASSED\",\"mediationStatus\":\"FAILED\",\"currentTestCase\":\"b\",\"mediationException\":\"boom\","
                        + "\"testCases\":[" + caseResult("a") + "]}");
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("a=PASSED", "b=ERROR");
        assertThat(suite.problem()).contains("broke off", "boom");
    }

    @Test
    void aSkippedOrUnclearCaseIsNoPass() {
        Suite suite = run((request, connection) -> reply(
                connection,
                result(List.of(
                        "{\"testCaseName\":\"a\",\"mediationStatus\":\"PASSED\",\"assertionStatus\":\"SKIPPED\"}",
                        "{\"testCaseName\":\"b\",\"mediationStatus\":\"PASSED\",\"assertionStatus\":null}"))));
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("a=SKIPPED", "b=ERROR");
    }

    @Test
    void theRecordedRepliesAreUnderstood() throws IOException {
        suites = new Suites(folder.resolve("recorded")).suite("One", "greets_by_name");
        Suite passed = replied(Files.readString(Path.of("test/fixtures/unittest/unit-test-wire-response-passed.json")));
        assertThat(verdicts(new TestReport(List.of(passed)))).containsExactly("greets_by_name=PASSED");
        Suite failed = replied(Files.readString(Path.of("test/fixtures/unittest/unit-test-wire-response-failed.json")));
        assertThat(failed.cases()).singleElement().satisfies(c -> {
            assertThat(c.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(c.expected()).isEqualTo("{\"message\":\"Hello Ann\"}");
            assertThat(c.actual()).isEqualTo("{\"message\":\"Hello \"}");
            assertThat(c.message()).isEqualTo("greeting differs (AssertEquals $body)");
        });
    }

    @Test
    void coverageIsRead() {
        Suite suite = run(
                (request, connection) -> reply(
                        connection,
                        passed(request)
                                .replaceFirst(
                                        "}$",
                                        ",\"mediatorCoverage\":{\"primaryArtifact\":{\"artifactType\":\"Sequence\",\"artifactName\":\"Greet\",\"coveragePercentage\":62.5},"
                                                + "\"supportingArtifacts\":[{\"artifactType\":\"API\",\"artifactName\":\"X\",\"coveragePercentage\":\"57.14%\"}]}}")));
        assertThat(suite.coverage())
                .containsExactly(
                        new Coverage("Sequence", "Greet", 62.5, List.of()), new Coverage("API", "X", 57.14, List.of()));
    }

    @Test
    void theMediatorsOfWhatAnArtifactCallsAreNotItsOwn() {
        String main =
                "{\"artifactType\":\"Sequence\",\"artifactName\":\"Main\",\"executedMediators\":1,\"totalMediators\":4,"
                        + "\"coveragePercentage\":\"25.00\",\"referencedArtifacts\":[\"Sequence:Helper\"],\"mediatorDetails\":["
                        + "{\"mediatorId\":\"sequence:Main/1.Property[p]\",\"executed\":true}]}";
        String caller = "{\"artifactType\":\"Sequence\",\"artifactName\":\"Caller\",\"coveragePercentage\":\"25.00\","
                + "\"referencedArtifacts\":[\"Sequence:Main\"],\"mediatorDetails\":[]}";
        Suite suite = run((request, connection) -> reply(
                connection,
                passed(request)
                        .replaceFirst(
                                "}$",
                                ",\"mediatorCoverage\":{\"primaryArtifact\":" + main + ",\"supportingArtifacts\":["
                                        + caller + "]}}")));
        assertThat(suite.coverage())
                .containsExactly(new Coverage(
                        "Sequence", "Main", 100, List.of(new MediatorRun("sequence:Main/1.Property[p]", true))));
    }
}
