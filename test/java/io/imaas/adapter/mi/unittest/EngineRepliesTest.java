package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.Suites.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real engine replied, by its version; only its stacks were shortened. */
class EngineRepliesTest extends OneSuite {
    private static final String NEWEST = "4.1.0-wso2v67";
    private static final String OF_44 = "4.0.0-wso2v215";

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OF_44})
    void everyFailedAssertionOfACaseIsToldAndTheOtherCasesPass(String engine) throws IOException {
        Suite suite = replied(engine, "failed assertions", "ok", "bad", "after");
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("ok=PASSED", "bad=FAILED", "after=PASSED");
        assertThat(suite.cases().get(1).message())
                .isEqualTo("m $ctx:p (assertEquals $ctx:p)\nm $ctx:q (assertNotNull $ctx:q)");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OF_44})
    void anExceptionEndsTheSuiteAndTheServersStackIsNotShown(String engine) throws IOException {
        Suite suite = replied(engine, "exception in a mediator", "npe", "then");
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("npe=ERROR", "then=MISSING");
        assertThat(suite.problem())
                .isEqualTo("the test run broke off (FAILED) in the case 'npe': "
                        + "Error occured in the mediation of the class mediator");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OF_44})
    void aSequenceWithAConnectorThatIsNotThereIsNotLoadedAndTheServerDoesNotSayWhy(String engine) throws IOException {
        Suite suite = replied(engine, "connector missing", "c");
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("c=MISSING");
        assertThat(suite.problem())
                .isEqualTo("the server could not load the artifacts (FAILED): Sequence Deployment from the file : "
                        + "NoConn : Failed. (the server's log tells why, and often imaas lint does)");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OF_44})
    void aSequenceThatStopsTheMessageIsAnError(String engine) throws IOException {
        Suite suite = replied(engine, "mediation stopped", "c", "d");
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("c=ERROR", "d=ERROR");
        assertThat(suite.problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OF_44})
    void aDoubledNameIsFailedWhereOneOfTheTwoFailed(String engine) throws IOException {
        Suite suite = replied(engine, "doubled name", "same", "same");
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("same=PASSED", "same=FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OF_44})
    void whatAnApiAnsweredStandsBesideWhatWasExpected(String engine) throws IOException {
        Suite suite = replied(engine, "api", "get", "wrong", "nf", "hdr");
        assertThat(verdicts(new TestReport(List.of(suite))))
                .containsExactly("get=PASSED", "wrong=FAILED", "nf=PASSED", "hdr=FAILED");
        assertThat(suite.cases().get(3).actual()).isEqualTo("application/json;charset=UTF-8");
    }

    /** Both engines reply that it passed. */
    @Test
    void aCaseThatAssertsNothingPassesAndIsTold() {
        String xml =
                Suites.xml("", "", "<mock-services/>", "na").replaceAll("<assertions>.*</assertions>", "<assertions/>");
        suites = new Suites(folder.resolve("nothing")).raw("One", xml);
        try (ProtocolServer server = ProtocolServer.wellBehaved()) {
            assertThat(verdicts(suites.run(server))).containsExactly("na=PASSED");
        }
        assertThat(suites.log())
                .contains("warning: src/test/wso2mi/One.xml: the case 'na' asserts nothing, so it passes");
    }

    /** The engine's reader of cases ends with a NullPointerException. */
    @Test
    void aCaseWithoutAnyAssertionsElementIsNotSent() {
        String xml = Suites.xml("", "", "<mock-services/>", "na").replaceAll("<assertions>.*</assertions>", "");
        suites = new Suites(folder.resolve("without")).raw("One", xml);
        TestReport report = suites.run();
        assertThat(verdicts(report)).containsExactly("na=MISSING");
        assertThat(report.suites().get(0).problem()).contains("the case has no <assertions>");
    }

    /** Both engines reply that such a case passed: they never make the assertion. */
    @Test
    void aSuiteWithAnAssertionThatTheServerWouldPassOverIsNotSent() {
        String xml = Suites.xml("", "", "<mock-services/>", "ua").replace("assertNotNull", "assertTrue");
        suites = new Suites(folder.resolve("ignored")).raw("One", xml);
        try (ProtocolServer server = ProtocolServer.wellBehaved()) {
            TestReport report = suites.run(server);
            assertThat(verdicts(report)).containsExactly("ua=MISSING");
            assertThat(report.passed()).isFalse();
            assertThat(report.suites().get(0).problem()).contains("no assertion <assertTrue>", "would pass over it");
            assertThat(server.requests()).isEmpty();
        }
    }

    private Suite replied(String engine, String what, String... cases) throws IOException {
        suites = new Suites(folder.resolve("recorded")).suite("One", cases);
        return replied(new ObjectMapper()
                .readTree(Path.of("test/fixtures/unittest/engine-replies.json").toFile())
                .path(engine)
                .path(what)
                .toString());
    }
}
