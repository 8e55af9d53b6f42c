package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactProblemsTest {
    @TempDir
    private Path folder;

    private MiFiles files;

    @BeforeEach
    void aProject() {
        files = new MiFiles(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/*, true",
        "/a/{b}, true",
        "/a/{b}{c}/d?x={y}, true",
        "/{+path}, true",
        "/{a.b-c_d:3}/, true",
        "/{ab, true",
        "'/a b', true",
        "/{backend+}, false",
        "/{a b}, false",
        "{a}, false",
        "/{}, false",
        "/{a, false",
        "/a}, false",
        "/{a:0}, false",
        "'/{a,b}', false",
        "/{?q}, false",
        "/{a{b}}, false"
    })
    void aUriTemplateIsOneOfSynapse(String template, boolean right) {
        files.with(
                ARTIFACTS + "apis/A.xml",
                "<api" + NS + " name=\"A\" context=\"/a\"><resource methods=\"GET\" uri-template=\"" + template
                        + "\"><inSequence><respond/></inSequence></resource></api>");
        assertThat(files.lint().isEmpty()).isEqualTo(right);
    }

    @Test
    void inboundEndpointsListenOnPortsOfTheirOwn() {
        String inbound = "<inboundEndpoint name=\"%s\" protocol=\"http\" sequence=\"main\"><parameters" + NS
                + "><parameter name=\"inbound.http.port\">%s</parameter></parameters></inboundEndpoint>";
        files.with(ARTIFACTS + "inbound-endpoints/A.xml", inbound.formatted("A", "9090"))
                .with(ARTIFACTS + "inbound-endpoints/B.xml", inbound.formatted("B", "9091"))
                .with(ARTIFACTS + "inbound-endpoints/C.xml", inbound.formatted("C", "${configs.port}"))
                .with(MiFiles.RESOURCES + "conf/config.properties", "port:string");
        assertThat(files.lint()).isEmpty();
        files.with(ARTIFACTS + "inbound-endpoints/B.xml", inbound.formatted("B", "9090"))
                .with(ARTIFACTS + "inbound-endpoints/C.xml", inbound.formatted("C", "8290"));
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("duplicate-port", "duplicate-port");
    }

    @Test
    void configurationKeysHaveTypesThatTheRuntimeKnows() {
        files.with(
                MiFiles.RESOURCES + "conf/config.properties",
                "# types\na:string\nb = cert\nc:Cert\nd=http://localhost\na:cert\n");
        assertThat(files.lint())
                .extracting(problem -> problem.rule() + " " + problem.where().line())
                .containsExactly("config-type 4", "config-type 6");
    }

    @Test
    void anApisContextBeginsWithASlashAndItHasAResource() {
        files.with(ARTIFACTS + "apis/Ctx.xml", "<api name=\"Ctx\" context=\"noslash\"" + NS + "/>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("missing-element", "invalid-value");
        files.with(ARTIFACTS + "apis/Ctx.xml", "<api name=\"Ctx\" context=\" /slash\"" + NS + "><resource/></api>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("invalid-value");
    }

    @Test
    void onlyTheFirstTargetOfAProxyServiceCounts() {
        files.with(
                ARTIFACTS + "proxy-services/P.xml",
                "<proxy name=\"P\"" + NS + "><target><inSequence><respond/></inSequence>\n"
                        + "<inSequence><none/></inSequence></target>\n<target/></proxy>");
        assertThat(files.lint())
                .extracting(p -> p.severity() + " " + p.rule() + " " + p.where().line())
                .containsExactly("WARNING duplicate-name 2", "WARNING duplicate-name 3");
    }

    @Test
    void whatALocalEntryIsReadFromIsAUrl() {
        String entry = "<localEntry key=\"E\" src=\"%s\"" + NS + "/>";
        files.with(ARTIFACTS + "local-entries/E.xml", entry.formatted("resources/policy.xml"));
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("invalid-value");
        files.with(ARTIFACTS + "local-entries/E.xml", entry.formatted("file:resources/policy.xml"));
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void resourcesOfOneApiDifferInPathOrMethods() {
        String resource = "<resource methods=\"%s\" uri-template=\"/a\"><inSequence><drop/></inSequence></resource>";
        String api = "<api name=\"R\" context=\"/r\"" + NS + ">%s\n%s</api>";
        files.with(ARTIFACTS + "apis/R.xml", api.formatted(resource.formatted("GET POST"), resource.formatted("POST")));
        assertThat(files.lint()).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo("duplicate-name");
            assertThat(problem.where().line()).isEqualTo(2);
        });
        files.with(ARTIFACTS + "apis/R.xml", api.formatted(resource.formatted("GET"), resource.formatted("POST")));
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void whatIsWrongInAnArtifactWithoutANameIsToldToo() {
        files.with(ARTIFACTS + "sequences/N.xml", "<sequence" + NS + "><log category=\"WARNING\"/></sequence>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("no-name", "invalid-value");
    }

    @Test
    void numbersOfAMessageProcessorParametersOfAJmsStoreAndATasksTriggerAreChecked() {
        files.with(
                        ARTIFACTS + "message-stores/M.xml",
                        "<messageStore name=\"M\" class=\"org.apache.synapse.message.store.impl.jms.JmsStore\"" + NS
                                + "/>")
                .with(
                        ARTIFACTS + "message-processors/P.xml",
                        "<messageProcessor name=\"P\" class=\"c.P\" messageStore=\"M\"" + NS
                                + "><parameter name=\"interval\">soon</parameter></messageProcessor>")
                .with(
                        ARTIFACTS + "tasks/T.xml",
                        "<task name=\"T\" class=\"c.T\"" + NS + "><trigger count=\"5\"/></task>");
        assertThat(files.lint())
                .extracting(Problem::rule)
                .containsExactly("invalid-value", "missing-element", "missing-attribute");
    }

    @Test
    void anInboundEndpointNeedsTheNamespaceOnItsParametersOnly() {
        files.sequence("S", "<log/>")
                .with(
                        ARTIFACTS + "inbound-endpoints/In.xml",
                        "<inboundEndpoint name=\"In\" sequence=\"S\" onError=\"S\" protocol=\"http\"><parameters" + NS
                                + "><parameter name=\"inbound.http.port\">8060</parameter></parameters></inboundEndpoint>");
        assertThat(files.lint()).isEmpty();
        files.with(
                ARTIFACTS + "inbound-endpoints/In.xml",
                "<inboundEndpoint" + NS + " name=\"In\" sequence=\"S\" onError=\"S\" protocol=\"http\">"
                        + "<parameters xmlns=\"\"><parameter name=\"p\">1</parameter></parameters></inboundEndpoint>");
        assertThat(files.lint())
                .extracting(Problem::rule)
                .containsOnly("wrong-namespace")
                .hasSize(2);
    }

    @Test
    void whatALocalEntryOrATaskHoldsIsNotLookedInto() {
        files.with(
                        ARTIFACTS + "local-entries/Steps.xml",
                        "<localEntry key=\"Steps\"" + NS
                                + "><steps><step sequence=\"1\"/><log category=\"x\"/></steps></localEntry>")
                .with(
                        ARTIFACTS + "tasks/T.xml",
                        "<task name=\"T\" class=\"c.T\" group=\"g\"" + NS + "><trigger once=\"true\"/>"
                                + "<property name=\"message\"><order sequence=\"1\" endpoint=\"n\"/></property></task>");
        assertThat(files.lint()).isEmpty();
    }
}
