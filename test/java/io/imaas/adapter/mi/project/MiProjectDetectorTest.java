package io.imaas.adapter.mi.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.Fixtures;
import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.MiArtifact;
import io.imaas.model.source.MiRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiProjectDetectorTest {
    private static final String CONNECTOR = MiFolder.RESOURCES + "connectors/mi-connector-x-1.0.0.zip";

    @TempDir
    private Path scratch;

    @Test
    void everyKindOfArtifactIsListedAsItIsNamedInTheCar() {
        MiProject project = Fixtures.project(Fixtures.CORPUS.resolve("every-kind"));

        assertThat(project.layout()).isEqualTo(MiProject.Layout.VS_CODE);
        assertThat(project.groupId() + ":" + project.artifactId() + ":" + project.version())
                .isEqualTo("com.example:every-kind:1.0.0");
        assertThat(project.runtimeVersion()).isEqualTo("4.4.0");
        assertThat(project.needsMaven()).isEmpty();
        assertThat(project.artifacts())
                .isSortedAccordingTo((a, b) -> a.file().compareTo(b.file()))
                .extracting(MiArtifact::type)
                .contains(
                        "synapse/api",
                        "synapse/endpoint",
                        "synapse/inbound-endpoint",
                        "synapse/local-entry",
                        "synapse/message-processors",
                        "synapse/message-store",
                        "synapse/proxy-service",
                        "synapse/sequence",
                        "synapse/task",
                        "synapse/template",
                        "datasource/datasource",
                        "service/dataservice");
    }

    @Test
    void aVersionOfItsOwnIsPartOfAnArtifactsName() {
        assertThat(Fixtures.project(Fixtures.CORPUS.resolve("hello")).artifacts())
                .contains(new MiArtifact(
                        "HelloAPI_1.0.0", "1.0.0", "synapse/api", MiFolder.ARTIFACTS + "apis/HelloAPI.xml"));
    }

    @Test
    void aProjectIsFoundThroughALinkToItsFolder() throws IOException {
        Path project = MiFolder.in(scratch.resolve("project")).sequence("A").root();
        Path link = Files.createSymbolicLink(scratch.resolve("link"), project);

        assertThat(new MiProjectDetector().inspect(link)).isEqualTo(new MiProjectDetector().inspect(project));
    }

    @Test
    void severalProjectsOfARepositoryAreFoundInOrder() {
        MiFolder.in(scratch.resolve("b/project"));
        MiFolder.in(scratch.resolve("a"));
        MiFolder.in(scratch.resolve("a/target/leftover"));
        MiFolder.in(scratch.resolve(".hidden"));
        Fixtures.copy(Path.of("test/fixtures/mi/studio"), scratch.resolve("c"));

        assertThat(new MiProjectDetector().inspect(scratch))
                .extracting(p -> scratch.relativize(Path.of(p.folder())) + " " + p.artifactId())
                .containsExactly(
                        "a sample", "b/project sample", "c BackOfficeCompositeExporter", "c ShopCompositeExporter");
    }

    @Test
    void modulesOfAConsolidatedProjectInheritFromItsPom() {
        List<MiProject> found = new MiProjectDetector().inspect(Fixtures.CORPUS.resolve("consolidated"));

        assertThat(found).extracting(MiProject::artifactId).containsExactly("billing", "orders");
        assertThat(found).allSatisfy(p -> {
            assertThat(p.groupId()).isEqualTo("com.example.all");
            assertThat(p.version()).isEqualTo("3.0.0");
            assertThat(p.runtimeVersion()).isEqualTo("4.5.0");
            assertThat(p.needsMaven()).isEmpty();
        });
    }

    @Test
    void anIntegrationStudioProjectIsWhatItsExporterTakes() {
        MiProject shop = new MiProjectDetector()
                .inspect(Path.of("test/fixtures/mi/studio"))
                .get(1);

        assertThat(shop.layout()).isEqualTo(MiProject.Layout.INTEGRATION_STUDIO);
        assertThat(shop.artifactId()).isEqualTo("ShopCompositeExporter");
        assertThat(shop.version()).isEqualTo("1.0.0-SNAPSHOT");
        assertThat(shop.runtimeVersion()).isEqualTo("4.2.0");
        assertThat(shop.artifacts())
                .extracting(a -> a.type() + " " + a.name() + " " + a.version() + " " + a.file())
                .containsExactly(
                        "synapse/api ShopApi 1.0.0 ShopConfigs/src/main/synapse-config/api/ShopApi.xml",
                        "synapse/endpoint Stock 1.0.0 ShopConfigs/src/main/synapse-config/endpoints/Stock.xml",
                        "synapse/lib redis-connector 3.1.0 ShopConnectorExporter/redis-connector-3.1.0.zip",
                        "registry/resource prices_json 1.0.0 ShopRegistryResources/prices.json");
        assertThat(shop.connectors()).containsExactly("ShopConnectorExporter/redis-connector-3.1.0.zip");
        assertThat(shop.classMediators()).containsExactly("ShopMediator/src/main/java/com/example/Discount.java");
        assertThat(shop.dataMappers()).containsExactly("ShopRegistryResources/prices.datamapper");
        assertThat(shop.suites()).containsExactly("ShopConfigs/test/ShopApiTest.xml");
        assertThat(shop.needsMaven())
                .hasSize(4)
                .contains(
                        "ShopConfigs/pom.xml does not make com.example.shop.api:ShopApi:1.0.0 by wso2-esb-api-plugin");
    }

    @Test
    void suitesAreFoundAndABrokenOneIsNotLost() {
        MiProject project = MiFolder.in(scratch)
                .with("src/test/wso2mi/Good.xml", "<unit-test/>")
                .with("src/test/wso2mi/deep/Broken.xml", "<unit-test")
                .with("src/test/wso2mi/Mock.xml", "<mock-service/>")
                .with("src/test/resources/mock-services/M.xml", "<mock-service/>")
                .inspect();

        assertThat(project.suites()).containsExactly("src/test/wso2mi/Good.xml", "src/test/wso2mi/deep/Broken.xml");
    }

    @Test
    void aBrokenArtifactIsStillListedByItsFile() {
        MiProject project = MiFolder.in(scratch)
                .with(MiFolder.ARTIFACTS + "sequences/Broken.xml", "<sequence name=")
                .with(MiFolder.ARTIFACTS + "sequences/.gitkeep", "")
                .inspect();

        assertThat(project.artifacts())
                .containsExactly(new MiArtifact(
                        "Broken", "1.0.0", "synapse/sequence", MiFolder.ARTIFACTS + "sequences/Broken.xml"));
    }

    @Test
    void aFolderWithoutAProjectIsTheUsersError() {
        assertThatThrownBy(() -> new MiProjectDetector().inspect(scratch))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT))
                .hasMessageContaining("no MI project");
    }

    @Test
    void aBrokenPomIsToldWithItsPlace() {
        MiFolder.in(scratch).with("pom.xml", "<project>\n<artifactId>a</artifact>\n</project>");

        assertThatThrownBy(() -> new MiProjectDetector().inspect(scratch))
                .hasMessageContaining("pom.xml:2:")
                .hasMessageContaining("not well-formed");
    }

    @Test
    void aPomThatContainsItselfThroughPropertiesEnds() {
        MiProject project = MiFolder.in(scratch)
                .pomWith("<properties><a>${b}</a><b>${a}x</b>"
                        + "<project.runtime.version>${a}</project.runtime.version></properties>")
                .inspect();

        assertThat(project.artifactId()).isEqualTo("sample");
    }

    @ParameterizedTest
    @CsvSource({
        "4.6.0,21-25",
        "4.5.0,11-21",
        "4.4.0,11-21",
        "4.4.0-beta,11-17",
        "4.3.0,11-17",
        "4.2.0,11-17",
        "4.1.0,8-11",
        "10.0,21-25",
        "'',''",
        "latest,''"
    })
    void theRuntimeSaysWhichJavaItNeeds(String runtime, String java) {
        assertThat(MiRuntime.of(runtime).map(MiRuntime::java).orElse("")).isEqualTo(java);
    }

    @Test
    void whatPackingCannotDoIsToldAsAReason() {
        reason(MiFolder.in(scratch.resolve("1")).with("src/main/java/M.java", ""), "class mediators");
        reason(
                MiFolder.in(scratch.resolve("2")).with(MiFolder.RESOURCES + "datamapper/d/d.ts", ""),
                "data mappers must be bundled");
        reason(dependency("3", "<type>zip</type>"), "Maven has not fetched a connector yet: g:a:1");
        reason(dependency("4", ""), "a library comes from a Maven repository: g:a:1");
        reason(
                MiFolder.in(scratch.resolve("5")).with("pom.xml", MiFolder.pom("", "5.2.46")),
                "vscode-car-plugin '5.2.46' packs from lists");
        reason(
                MiFolder.in(scratch.resolve("6"))
                        .pomWith("<parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version></parent>"),
                "its parent g:p:1 is not in this repository");
        reason(
                MiFolder.in(scratch.resolve("7"))
                        .pomWith("<profiles><profile><id>ci</id><activation><property><name>env.CI</name></property>"
                                + "</activation></profile></profiles>"),
                "profile 'ci' turns itself on by property");
        reason(
                MiFolder.in(scratch.resolve("8")).with(".mvn/maven.config", "-B -T1C\n-Drevision=2"),
                ".mvn/maven.config has -Drevision=2");
        reason(
                MiFolder.in(scratch.resolve("9"))
                        .with(
                                "pom.xml",
                                MiFolder.pom("", "5.4.12")
                                        .replace(
                                                "<plugins>",
                                                "<plugins><plugin><artifactId>exec-maven-plugin</artifactId><executions>"
                                                        + "<execution><goals><goal>exec</goal></goals></execution>"
                                                        + "</executions></plugin>")),
                "runs exec-maven-plugin");
    }

    /** They are not part of the CAR: packing is enough for it, and the image needs them. */
    @Test
    void optionsOfMavenThatChangeNothingThatIsPackedAreNoReason() throws Exception {
        for (String options : List.of(
                "-B -q\r\n# quick\r\n-T 4\r\n", "--threads=1C\n--no-transfer-progress\n-Dstyle.color=always", "")) {
            assertThat(MiFolder.in(scratch.resolve("p" + options.length()))
                            .with(".mvn/maven.config", options)
                            .inspect()
                            .needsMaven())
                    .isEmpty();
        }
        int number = 0;
        for (String option :
                List.of("-Pci", "-pl", "clean", "--settings=ci.xml", "-Dmaven.wagon2=x", "-Dproject.type=a")) {
            reason(MiFolder.in(scratch.resolve("r" + number++)).with(".mvn/maven.config", "-ntp\n" + option), option);
        }
    }

    @Test
    void librariesThatTheTemplateCopiesForTheImageAreToldUntilTheyAreThere() {
        String copies = MiFolder.pom(
                        "<dependencies><dependency><groupId>g</groupId><artifactId>driver</artifactId><version>1</version>"
                                + "</dependency><dependency><groupId>org.apache.synapse</groupId>"
                                + "<artifactId>synapse-core</artifactId><version>4</version><scope>test</scope></dependency></dependencies>",
                        "5.2.60")
                .replace(
                        "<plugins>",
                        "<plugins><plugin><artifactId>maven-dependency-plugin</artifactId><executions><execution>"
                                + "<phase>process-resources</phase><goals><goal>copy-dependencies</goal></goals><configuration>"
                                + "<outputDirectory>${basedir}/deployment/libs</outputDirectory>"
                                + "<excludeTransitive>true</excludeTransitive></configuration></execution></executions></plugin>");
        MiFolder folder = MiFolder.in(scratch).with("pom.xml", copies).sequence("S");
        assertThat(folder.inspect().needsMaven())
                .containsExactly("the image needs a library from a Maven repository: g:driver:1");
        assertThat(folder.packed(scratch.resolve("out"))).containsKey("S_1.0.0/S-1.0.0.xml");
        folder.with("deployment/libs/driver-1.jar", "jar");
        assertThat(folder.inspect().needsMaven()).isEmpty();
    }

    @Test
    void aJarThatIsPackedBesideIsAReason() {
        String pom = MiFolder.pom("", "5.4.12").replace("<packaging>pom", "<packaging>jar");
        MiFolder folder = MiFolder.in(scratch).with("pom.xml", pom);
        assertThat(folder.inspect().needsMaven()).isEmpty();

        folder.with("src/main/resources/x.txt", "x");
        reason(folder, "resources must be packed into a jar");

        reason(
                MiFolder.in(scratch.resolve("late")).with("pom.xml", pom.replace("<phase>compile</phase>", "")),
                "with packaging 'jar' a jar is packed, too");
    }

    @Test
    void aConnectorsLibrariesAreAReasonOnlyWhenTheyAreUsed() {
        String properties = "<properties><project.runtime.version>4.4.0</project.runtime.version></properties>";
        byte[] connector = CarZip.write(Map.of(
                "connector.xml",
                "<connector><component name='db'/></connector>".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "descriptor.yml",
                "dependencies:\n  - groupId: g\n    artifactId: a\n    version: 1\n    connectionType: MYSQL\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        MiFolder folder = MiFolder.in(scratch).pomWith(properties).with(CONNECTOR, connector);
        assertThat(folder.inspect().needsMaven()).isEmpty();

        folder.with(
                MiFolder.ARTIFACTS + "local-entries/Db.xml",
                "<localEntry key=\"Db\"><db.init><connectionType>MYSQL</connectionType></db.init></localEntry>");

        reason(folder, "Maven has not fetched a connector's libraries yet: " + CONNECTOR);
    }

    @Test
    void theExtensionsOwnPomNeedsNoMaven() {
        MiProject project = Fixtures.project(Fixtures.CORPUS.resolve("extension-template"));

        assertThat(project.needsMaven()).isEmpty();
        assertThat(project.suites()).containsExactly("src/test/wso2mi/HelloTest.xml");
    }

    private MiFolder dependency(String name, String more) {
        return MiFolder.in(scratch.resolve(name))
                .pomWith("<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
                        + "<version>1</version>" + more + "</dependency></dependencies>");
    }

    private static void reason(MiFolder folder, String words) {
        assertThat(folder.inspect().needsMaven()).singleElement().asString().contains(words);
    }
}
