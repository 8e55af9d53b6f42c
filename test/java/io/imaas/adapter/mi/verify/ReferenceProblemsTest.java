package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.NS;
import static io.imaas.adapter.mi.verify.MiFiles.RESOURCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceProblemsTest {
    @TempDir
    private Path repository;

    private MiFiles files;

    @BeforeEach
    void aProjectInARepository() {
        files = new MiFiles(repository.resolve("one"))
                .sequence("Known", "<log/>")
                .endpoint("KnownEP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sequence key=\"Nope\"/>",
                "<call><endpoint key=\"Nope\"/></call>",
                "<call-template target=\"Nope\"/>",
                "<send receive=\"Nope\"/>",
                "<iterate expression=\"//a\"><target sequence=\"Nope\"/></iterate>",
                "<clone><target endpoint=\"Nope\"/></clone>",
                "<filter xpath=\"true()\"><then sequence=\"Nope\"/></filter>",
                "<aggregate><onComplete sequence=\"Nope\" expression=\"//a\"/></aggregate>",
                "<foreach sequence=\"Nope\" expression=\"//a\"/>",
                "<store messageStore=\"Nope\"/>",
                "<xslt key=\"Nope\"/>",
                "<validate><schema key=\"Nope\"/><on-fail><log/></on-fail></validate>",
                "<script language=\"js\" key=\"Nope\" function=\"f\"/>",
                "<payloadFactory media-type=\"json\"><format key=\"Nope\"/></payloadFactory>",
                "<http.get configKey=\"Nope\"><relativePath>/x</relativePath></http.get>",
                "<throttle id=\"t\" onAccept=\"Nope\"><policy><a/></policy></throttle>",
                "<callout endpointKey=\"Nope\"><source xpath=\"//a\"/></callout>",
                "<dataServiceCall serviceName=\"Nope\"/>",
                "<fastXSLT key=\"Nope\"/>",
                "<jsontransform schema=\"Nope\"/>",
                "<call><endpoint><address uri=\"http://localhost\"><enableSec policy=\"Nope\"/></address></endpoint></call>",
                "<call-template target=\"Nope\" onError=\"Known\"/>",
            })
    void everyFormOfReferenceIsFollowed(String mediator) {
        files.sequence("Uses", mediator);
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("unresolved-reference");
            assertThat(p.severity()).isEqualTo(Severity.ERROR);
            assertThat(p.what()).contains("'Nope'");
            assertThat(p.where().line()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sequence key=\"Known\"/>",
                "<sequence key=\"{get-property('which')}\"/>",
                "<sequence key=\"${vars.which}\"/>",
                "<sequence key=\"$ctx:which\"/>",
                "<call><endpoint key=\"KnownEP\"/></call>",
                "<call><endpoint><http uri-template=\"http://localhost\"/></endpoint></call>",
                "<sequence key=\"main\"/>",
                "<sequence key=\"fault\"/>",
                "<foreach collection=\"${payload.items}\"><sequence><log/></sequence></foreach>",
                "<payloadFactory media-type=\"json\"><format>{\"key\":\"x\"}</format></payloadFactory>",
                "<property name=\"sequence\" value=\"Nope\"/>",
                "<payloadFactory media-type=\"xml\"><format><o sequence=\"7\"><schema key=\"v1\"/></o></format></payloadFactory>",
                "<payloadFactory media-type=\"xml\"><format><o xmlns=\"\" endpoint=\"n\"/></format></payloadFactory>",
                "<enrich><source type=\"inline\"><r xmlns=\"\" sequence=\"7\"/></source><target type=\"body\"/></enrich>",
                "<property name=\"p\" type=\"OM\"><r sequence=\"7\"/></property>",
                "<property name=\"key\" expression=\"json-eval($.key)\"/>",
                "<enrich><source type=\"body\"/><target type=\"property\" property=\"p\"/></enrich>",
            })
    void whatResolvesOrIsDynamicIsLeftAlone(String mediator) {
        files.sequence("Uses", mediator);
        assertThat(files.lint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "<endpoint name='E'><address uri='http://x'/></endpoint>, <call><endpoint key='E'/></call>, true",
                "<sequence name='E'/>, <sequence key='E'/>, true",
                "<sequence name='E'/>, <call><endpoint key='E'/></call>, false",
                "text, <sequence key='E'/>, false"
            })
    void anEntryIsTheEndpointOrTheSequenceThatItHolds(String held, String mediator, boolean resolves) {
        files.with(ARTIFACTS + "local-entries/E.xml", "<localEntry key=\"E\"" + NS + ">" + held + "</localEntry>")
                .sequence("Uses", mediator.replace('\'', '"'));
        assertThat(files.lint()).hasSize(resolves ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "<call-query href='q'><with-param name='p' query-param='x'/></call-query>,",
                "<call-query href='r'/>, there is no <query> 'r' in this data service",
                "<call-query href='q'><with-param name='z' query-param='x'/></call-query>, the query 'q' has no <param> 'z'"
            })
    void aDataServiceCallsWhatItHas(String call, String told) {
        files.with(
                ARTIFACTS + "data-services/D.xml",
                ("<data name='D' transports='http'><config id='c'><property name='driverClassName'>x</property></config>"
                                + "<query id='q' useConfig='c'><sql>select 1</sql><param name='p' sqlType='STRING'/></query>"
                                + "<operation name='o'>" + call + "</operation></data>")
                        .replace('\'', '"'));
        assertThat(files.lint()).extracting(Problem::what).isEqualTo(told == null ? List.of() : List.of(told));
    }

    @Test
    void theOtherKindsOfArtifactsNameEachOtherToo() {
        files.with(
                        ARTIFACTS + "apis/A.xml",
                        "<api name=\"A\" context=\"/a\"" + NS
                                + "><resource methods=\"GET\" inSequence=\"Known\" faultSequence=\"Gone1\"/></api>")
                .with(
                        ARTIFACTS + "proxy-services/P.xml",
                        "<proxy name=\"P\" transports=\"http\"" + NS
                                + "><target inSequence=\"Gone2\" endpoint=\"Gone3\"/><publishWSDL key=\"Gone4\"/></proxy>")
                .with(
                        ARTIFACTS + "inbound-endpoints/I.xml",
                        "<inboundEndpoint name=\"I\" sequence=\"Gone5\" onError=\"Known\" protocol=\"http\"" + NS
                                + "/>")
                .with(
                        ARTIFACTS + "message-processors/M.xml",
                        "<messageProcessor name=\"M\" class=\"x\" messageStore=\"Gone6\" targetEndpoint=\"KnownEP\""
                                + NS
                                + "><parameter name=\"message.processor.fault.sequence\">Gone7</parameter></messageProcessor>")
                .with(
                        ARTIFACTS + "tasks/T.xml",
                        "<task name=\"T\" class=\"x\" group=\"g\"" + NS
                                + "><property name=\"sequenceName\" value=\"Gone8\" xmlns=\"http://ws.apache.org/ns/synapse\"/></task>")
                .with(
                        ARTIFACTS + "endpoints/E.xml",
                        "<endpoint name=\"E\" template=\"Gone9\" uri=\"http://localhost\"" + NS + "/>");
        assertThat(files.lint())
                .extracting(p -> p.rule() + " " + p.what().replaceFirst(".*'(\\w+)'.*", "$1"))
                .containsExactlyInAnyOrder(
                        "unresolved-reference Gone1",
                        "unresolved-reference Gone2",
                        "unresolved-reference Gone3",
                        "unresolved-reference Gone4",
                        "unresolved-reference Gone5",
                        "unresolved-reference Gone6",
                        "unresolved-reference Gone7",
                        "unresolved-reference Gone8",
                        "unresolved-reference Gone9");
    }

    @Test
    void aTypoIsFixedByTheNearestName() {
        files.sequence("Uses", "\n  <sequence key=\"Knwon\"/>");
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.fix()).isEqualTo("did you mean 'Known'?");
            assertThat(p.where().toString()).isEqualTo(ARTIFACTS + "sequences/Uses.xml:2:13");
        });
    }

    @Test
    void registryKeysResolveInTheProjectOrAreExternal() {
        files.with(RESOURCES + "registry/gov/xslt/a.xslt", "<a/>")
                .with(
                        RESOURCES + "registry/artifact.xml",
                        "<artifacts><artifact name=\"a\" version=\"1.0.0\"><item><file>a.xslt</file>"
                                + "<path>/_system/governance/xslt</path></item></artifact></artifacts>")
                .with(RESOURCES + "schemas/s.json", "{}")
                .sequence(
                        "Uses",
                        "<xslt key=\"gov:/xslt/a.xslt\"/><xslt key=\"gov:xslt/a.xslt\"/>"
                                + "<validate><schema key=\"resources:schemas/s.json\"/><on-fail><log/></on-fail></validate>"
                                + "<xslt key=\"gov:other/b.xslt\"/><xslt key=\"conf:c.xslt\"/>"
                                + "<validate><schema key=\"resources:schemas/gone.json\"/><on-fail><log/></on-fail></validate>");
        assertThat(files.lint())
                .extracting(p -> p.severity() + " " + p.what().replaceFirst(".*?((gov|conf|resources):[^, ]+).*", "$1"))
                .containsExactly("INFO gov:other/b.xslt", "INFO conf:c.xslt", "ERROR resources:schemas/gone.json");
    }

    @Test
    void aDataMappersFilesAreMadeByTheBuild() {
        files.with(RESOURCES + "registry/gov/datamapper/Map/Map.ts", "map()")
                .dataMappers(RESOURCES + "registry/gov/datamapper/Map/Map.ts")
                .sequence(
                        "Uses",
                        "<datamapper config=\"gov:datamapper/Map/Map.dmc\" inputSchema=\"gov:datamapper/Map/Map_inputSchema.json\""
                                + " outputSchema=\"gov:datamapper/Map/Map_outputSchema.json\"/>");
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void whatComesFromElsewhereIsListedAsExternal() {
        files.sequence("Uses", "<sequence key=\"InSibling\"/><sequence key=\"InOtherCar\"/>")
                .with(
                        "pom.xml",
                        "<project><properties><imaas.externalArtifacts>A, InOtherCar</imaas.externalArtifacts></properties></project>");
        new MiFiles(repository.resolve("two")).sequence("InSibling", "<log/>");
        assertThat(files.lint())
                .allSatisfy(p -> assertThat(p.severity()).isEqualTo(Severity.INFO))
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "the sequence 'InSibling' comes from elsewhere: the project beside it, two",
                        "the sequence 'InOtherCar' comes from elsewhere: the pom's property imaas.externalArtifacts names it");
    }

    @Test
    void aProjectThatDependsOnCarsMayUseTheirs() {
        files.sequence("Uses", "<sequence key=\"Shared\"/>")
                .with(
                        "pom.xml",
                        "<project><dependencies><dependency><artifactId>c</artifactId><type>car</type></dependency></dependencies></project>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("external-reference");
    }

    @Test
    void dataSourcesMayComeFromTheRuntimesConfiguration() {
        files.with(
                        ARTIFACTS + "data-services/D.dbs",
                        "<data name=\"D\"><config id=\"c\"><property name=\"carbon_datasource_name\">Orders</property></config></data>")
                .with("deployment/deployment.toml", "[[datasource]]\nid = \"Orders\"\n");
        assertThat(files.lint()).singleElement().satisfies(p -> {
            assertThat(p.severity()).isEqualTo(Severity.INFO);
            assertThat(p.what()).contains("deployment.toml declares it");
        });
        files.with(
                ARTIFACTS + "data-sources/OrdersDS.xml",
                "<datasource><name>Orders</name><definition type=\"RDBMS\"/></datasource>");
        assertThat(files.lint()).isEqualTo(List.of());
    }

    /** One fault, one finding: the file is told of, and the name is there. */
    @Test
    void whatNamesABrokenArtifactIsNotWrong() {
        files.sequence("Caller", "<sequence key=\"Broken\"/>")
                .with(ARTIFACTS + "sequences/Broken.xml", "<sequence name=\"Broken\"" + NS + "><log></sequence>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("not-well-formed");
    }

    @Test
    void connectorsAreKnownByTheNamesInTheirZips() throws IOException {
        String zip = MiFiles.RESOURCES + "connectors/any-name-1.0.0.zip";
        files.with("pom.xml", "<project><modelVersion>4.0.0</modelVersion></project>")
                .with(
                        MiFiles.ARTIFACTS + "sequences/Uses.xml",
                        "<s:sequence xmlns:s='http://ws.apache.org/ns/synapse' name='Uses'><s:filter xpath='true()'><s:then>"
                                + "<s:demo.greet/></s:then></s:filter><s:file.read/></s:sequence>")
                .with(zip, "");
        Path file = repository.resolve("one").resolve(zip);
        Files.write(file, connector("<component name='demo' package='p'/>"));
        assertThat(files.lint())
                .extracting(Problem::sentence)
                .singleElement()
                .asString()
                .contains("<file.read> is an operation of the connector file, and the project has only demo");

        for (byte[] broken : List.of(
                new byte[0],
                "<html/>".getBytes(StandardCharsets.UTF_8),
                connector(""),
                connector("<component package='p'/>"),
                connector("<component name='demo'"),
                CarZip.write(Map.of("mi/connector.xml", "<connector/>".getBytes(StandardCharsets.UTF_8))),
                Arrays.copyOf(connector("<component name='demo'/>"), 60))) {
            Files.write(file, broken);
            assertThat(files.lint())
                    .extracting(
                            problem -> problem.rule() + " " + problem.where().file())
                    .containsExactly("bad-connector " + zip);
        }
    }

    private static byte[] connector(String components) {
        return CarZip.write(Map.of(
                "connector.xml", ("<connector>" + components + "</connector>").getBytes(StandardCharsets.UTF_8)));
    }

    /** What a connector's operation holds are values, also in a local entry. */
    @Test
    void valuesOfConnectorsAreNoReferences() {
        files.with(
                        ARTIFACTS + "local-entries/Connection.xml",
                        "<localEntry key=\"Connection\"" + NS
                                + "><http.init><sequence key=\"no\"/></http.init></localEntry>")
                .sequence("S", "<http.post configKey=\"Connection\"><endpoint key=\"no\"/></http.post>");
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void whatStandsInQuotesIsNoConfigurationKey() {
        files.sequence("S", "<property name=\"a\" expression=\"${payload.a == 'configs.b'}\"/>");
        assertThat(files.lint()).isEmpty();
    }
}
