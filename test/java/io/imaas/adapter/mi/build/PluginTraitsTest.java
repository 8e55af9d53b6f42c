package io.imaas.adapter.mi.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.Fixtures;
import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarBuilder.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A CAR holds what the project's version of the plugin would pack. */
class PluginTraitsTest {
    @TempDir
    private Path scratch;

    private final List<String> log = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "5.2.50, true, false, false, false",
        "5.2.59, true, false, false, false",
        "5.2.60, false, false, false, false",
        "5.2.73, false, true, false, false",
        "5.2.78, false, true, true, false",
        "5.2.107, false, true, true, false",
        "5.3.1, false, true, true, true",
        "5.4.11, false, true, true, true",
        "5.4.15, false, true, true, true",
    })
    void eachVersionPacksItsOwnWay(
            String version, boolean exporterName, boolean described, boolean configured, boolean descriptor) {
        SortedMap<String, byte[]> car = car(version);

        assertThat(text(car, "artifacts.xml").contains("CompositeExporter\"")).isEqualTo(exporterName);
        assertThat(car.keySet().stream().anyMatch(n -> n.startsWith("metadata/")))
                .isEqualTo(described);
        assertThat(car.keySet().stream().anyMatch(n -> n.startsWith("config_"))).isEqualTo(configured);
        assertThat(car.containsKey("descriptor.xml")).isEqualTo(descriptor);
        assertThat(log).noneMatch(line -> line.startsWith("warning"));
    }

    @Test
    void theDescriptorToldLessBefore() {
        assertThat(text(car("5.3.7"), "descriptor.xml")).doesNotContain("__", "versionedDeployment", "fatCarEnabled");
        assertThat(text(car("5.4.11"), "descriptor.xml")).contains("__", "versionedDeployment", "fatCarEnabled");
    }

    /** WSO2's own samples are of this time: it packs an API's two files together, and none that is alone. */
    @Test
    void earlyVersionsPackOwnDescriptionsAndGenerateNone() {
        String metadata = MiFolder.RESOURCES + "metadata/";
        MiFolder folder = MiFolder.in(scratch.resolve("own"))
                .with("pom.xml", MiFolder.pom("", "5.2.63"))
                .with(MiFolder.ARTIFACTS + "apis/A.xml", "<api name=\"A\" context=\"/a\"><resource/></api>")
                .with(
                        MiFolder.ARTIFACTS + "apis/B.xml",
                        "<api name=\"B\" context=\"/b\" version=\"2.0\"><resource/></api>")
                .with(MiFolder.ARTIFACTS + "apis/C.xml", "<api name=\"C\" context=\"/c\"><resource/></api>")
                .with(MiFolder.ARTIFACTS + "proxy-services/P.xml", "<proxy name=\"P\"><target/></proxy>")
                .with(metadata + "A_metadata.yaml", "a")
                .with(metadata + "A_swagger.yaml", "as")
                .with(metadata + "B_2.0_metadata.yaml", "b")
                .with(metadata + "B_2.0_swagger.yaml", "bs")
                .with(metadata + "C_metadata.yaml", "alone")
                .with(metadata + "P_proxy_metadata.yaml", "p");
        SortedMap<String, byte[]> car = folder.packed(scratch.resolve("out"));
        assertThat(car.keySet())
                .filteredOn(entry -> entry.startsWith("metadata/") && entry.endsWith(".yaml"))
                .containsExactlyInAnyOrder(
                        "metadata/A_metadata_1.0.0/A_metadata-1.0.0.yaml",
                        "metadata/A_swagger_1.0.0/A_swagger-1.0.0.yaml",
                        "metadata/B_2.0_metadata_2.0/B_2.0_metadata-2.0.yaml",
                        "metadata/B_2.0_swagger_2.0/B_2.0_swagger-2.0.yaml",
                        "metadata/P_proxy_metadata_1.0.0/P_proxy_metadata-1.0.0.yaml");
        assertThat(text(car, "metadata.xml")).contains("A_swagger", "B_2.0_metadata", "P_proxy_metadata");
    }

    @ParameterizedTest
    @CsvSource({
        "5.2.96, A_metadata=am A_swagger=as C_swagger=cd",
        "5.2.102, A_metadata=am A_swagger=as C_swagger=cd",
        "5.2.103, A_metadata=am A_swagger=as B_metadata=bm C_metadata=cm C_swagger=cd",
        "5.4.12, A_metadata=am A_swagger=as B_metadata=bm C_metadata=cm C_swagger=cd"
    })
    void ownDescriptionsArePackedAsTheVersionTakesThem(String version, String wanted) {
        MiFolder folder = described("ABC", version);
        SortedMap<String, byte[]> car = folder.packed(scratch.resolve("out"));
        assertThat(car.keySet().stream()
                        .filter(entry -> entry.startsWith("metadata/") && entry.endsWith(".yaml"))
                        .map(entry -> entry.split("/")[1].replace("_1.0.0", "") + "=" + text(car, entry))
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(wanted);
        CarFile packed = folder.pack(scratch.resolve("out"));
        // What the version leaves out is told as information and stops nobody.
        assertThat(new ProjectVerifier().verify(folder.inspect(), packed))
                .allMatch(problem -> problem.severity() == Problem.Severity.INFO);
    }

    @Test
    void versionsThatMakeADescriptionBesideTheProjectsOwnAreRefused() {
        assertThatThrownBy(() -> described("A", "5.2.73").packed(scratch.resolve("out")))
                .hasMessageContaining("gets the same place in the CAR");
    }

    /** API A has a description and an older definition, B a description alone, C all three files. */
    private MiFolder described(String apis, String version) {
        String resources = MiFolder.RESOURCES;
        MiFolder folder = MiFolder.in(scratch.resolve("described")).with("pom.xml", MiFolder.pom("", version));
        for (String api : apis.split("")) {
            String low = api.toLowerCase(Locale.ROOT);
            folder.with(
                            MiFolder.ARTIFACTS + "apis/" + api + ".xml",
                            "<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"" + api + "\" context=\"/" + low
                                    + "\"><resource/></api>")
                    .with(resources + "metadata/" + api + "_metadata.yaml", low + "m");
            if (!api.equals("B")) {
                folder.with(resources + "metadata/" + api + "_swagger.yaml", low + "s");
            }
            if (api.equals("C")) {
                folder.with(resources + "api-definitions/C.yaml", "cd");
            }
        }
        return folder;
    }

    @Test
    void earlyVersionsPackConnectorsAsTheyAre() {
        MiFolder folder = MiFolder.in(scratch.resolve("connector"))
                .with(
                        "pom.xml",
                        MiFolder.pom(
                                "<properties><project.runtime.version>4.4.0</project.runtime.version></properties>",
                                "5.2.63"))
                .with(MiFolder.RESOURCES + "connectors/mi-connector-x-1.0.0.zip", "anything");
        assertThat(folder.packed(scratch.resolve("out"))).containsKey("mi-connector-x_1.0.0/mi-connector-x-1.0.0.zip");
    }

    @Test
    void aNewerVersionIsTakenAsTheNewestKnownWithAWarning() {
        assertThat(car("5.9.0").keySet()).isEqualTo(car("5.4.15").keySet());
        assertThat(log).anyMatch(line -> line.startsWith("warning: vscode-car-plugin 5.9.0 is newer"));
    }

    @Test
    void theResourcesOwnFolderIsAPartOfTheRegistrySinceItHasAList() {
        MiFolder folder = MiFolder.in(scratch.resolve("own"))
                .with("pom.xml", MiFolder.pom("", "5.2.81"))
                .with(MiFolder.RESOURCES + "registry/schemas/o.xsd", "<x/>")
                .registry("<artifact name=\"o\" version=\"1.0.0\" type=\"registry/resource\"><item><file>o.xsd</file>"
                        + "<path>/_system/governance/mi-resources/schemas</path></item></artifact>");
        assertThat(folder.packed(scratch.resolve("out"))).containsKey("o_1.0.0/resources/o.xsd");

        folder.with("pom.xml", MiFolder.pom("", "5.2.63"));
        assertThatThrownBy(() -> folder.packed(scratch.resolve("out")))
                .hasMessageContaining("registry/gov/mi-resources/schemas/o.xsd is not there");
    }

    private SortedMap<String, byte[]> car(String version) {
        Path folder = scratch.resolve(version);
        MiFolder.in(folder)
                .with("pom.xml", MiFolder.pom("", version))
                .with(MiFolder.RESOURCES + "conf/config.properties", "a:string\n")
                .with(
                        "src/main/wso2mi/artifacts/apis/A.xml",
                        "<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"A\" context=\"/a\"><resource/></api>");
        CarFile car = new NativeCarBuilder()
                .build(
                        Fixtures.project(folder),
                        new Options(
                                Choice.NATIVE, scratch.resolve("m2"), scratch.resolve("out-" + version), false, true),
                        log::add);
        return CarZip.read(Path.of(car.path()));
    }

    private static String text(SortedMap<String, byte[]> car, String name) {
        return new String(car.get(name), StandardCharsets.UTF_8);
    }
}
