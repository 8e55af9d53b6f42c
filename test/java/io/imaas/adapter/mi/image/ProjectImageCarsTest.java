package io.imaas.adapter.mi.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarBuilder.Options;
import io.imaas.port.ImageBuilder.Recipe;
import io.imaas.port.ImageCars.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectImageCarsTest {
    @TempDir
    private Path folder;

    private Path m2;

    @BeforeEach
    void anEmptyRepository() {
        m2 = folder.resolve("m2");
    }

    /** A project of one sequence. */
    private Path project(String name, String properties, String... needs) throws IOException {
        Path project = folder.resolve("repository").resolve(name);
        StringBuilder dependencies = new StringBuilder();
        for (String need : needs) {
            dependencies
                    .append("<dependency><groupId>com.example</groupId><artifactId>")
                    .append(need)
                    .append("</artifactId><version>1.0.0</version><type>car</type></dependency>");
        }
        write(
                project.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>" + name
                        + "</artifactId><version>1.0.0</version><packaging>pom</packaging><properties>"
                        + "<project.runtime.version>4.4.0</project.runtime.version>" + properties
                        + "</properties><dependencies>" + dependencies
                        + "</dependencies><build><plugins><plugin><groupId>org.wso2.maven</groupId>"
                        + "<artifactId>vscode-car-plugin</artifactId><version>5.4.12</version></plugin></plugins></build></project>");
        write(
                project.resolve("src/main/wso2mi/artifacts/sequences/" + name + ".xml"),
                "<sequence name=\"" + name + "\" xmlns=\"http://ws.apache.org/ns/synapse\"><drop/></sequence>");
        return project;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static MiProject inspected(Path project) {
        return new MiProjectDetector().inspect(project).get(0);
    }

    private static Path built(Path project) {
        Options options = new Options(Choice.NATIVE, project, project.resolve("target/imaas"), false, true);
        return Path.of(new NativeCarBuilder()
                .build(inspected(project), options, line -> {})
                .path());
    }

    private List<Path> cars(Path project, Path... given) {
        return new ProjectImageCars().of(new Wanted(inspected(project), built(project), List.of(given), m2));
    }

    private static List<String> names(List<Path> cars) {
        return cars.stream().map(car -> car.getFileName().toString()).toList();
    }

    private static void connector(Path project, String version, int bytes, int seed) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        Path zip = project.resolve("src/main/wso2mi/resources/connectors/mi-connector-big-" + version + ".zip");
        Files.createDirectories(zip.getParent());
        Files.write(
                zip,
                CarZip.write(new TreeMap<>(Map.of(
                        "connector.xml",
                        "<connector><component name='big'/></connector>".getBytes(StandardCharsets.UTF_8),
                        "lib/big.jar",
                        noise))));
    }

    @Test
    void aProjectWithoutFurtherCarsHasItsOwnAlone() throws IOException {
        Path project = project("order", "");
        assertThat(cars(project)).containsExactly(project.resolve("target/imaas/order_1.0.0.car"));
    }

    @Test
    void carsThatItDependsOnComeFirstEachBehindItsOwn() throws IOException {
        project("base", "");
        project("common", "", "base");
        Path order = project("order", "", "common", "base");
        assertThat(names(cars(order)))
                .containsExactly("00-base_1.0.0.car", "01-common_1.0.0.car", "02-order_1.0.0.car");
    }

    @Test
    void aCarOfOthersComesFromTheRepositoryOrIsGiven() throws IOException {
        Path common = built(project("common", ""));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path given = Files.move(common, elsewhere.resolve("some.car"));
        deleteProject("common");
        Path order = project("order", "", "common");
        assertThatThrownBy(() -> cars(order))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("com.example:common:1.0.0");
        assertThat(names(cars(order, given))).containsExactly("00-some.car", "01-order_1.0.0.car");
        Path installed = m2.resolve("com/example/common/1.0.0/common-1.0.0.car");
        Files.createDirectories(installed.getParent());
        Files.copy(given, installed);
        assertThat(names(cars(order))).containsExactly("00-common-1.0.0.car", "01-order_1.0.0.car");
    }

    private void deleteProject(String name) throws IOException {
        Files.delete(folder.resolve("repository").resolve(name).resolve("pom.xml"));
        Files.move(folder.resolve("repository").resolve(name), folder.resolve("gone-" + name));
    }

    @Test
    void largeConnectorsAreACarOfTheirOwnWhoseBytesStay() throws IOException {
        Path project = project("order", "");
        connector(project, "1.2.0", 400_000, 1);
        List<Path> first = cars(project);
        assertThat(names(first)).containsExactly("00-connectors.car", "01-order_1.0.0.car");
        Map<String, byte[]> connectors = CarZip.read(first.get(0));
        assertThat(connectors).containsKeys("mi-connector-big_1.2.0/artifact.xml", "descriptor.xml");
        assertThat(new String(connectors.get("artifacts.xml"), StandardCharsets.UTF_8))
                .contains("order-connectors", "mi-connector-big")
                .doesNotContain("artifact=\"order\"");
        assertThat(new String(connectors.get("descriptor.xml"), StandardCharsets.UTF_8))
                .contains("com.example__order-connectors__");
        Map<String, byte[]> rest = CarZip.read(first.get(1));
        assertThat(rest).containsKey("order_1.0.0/order-1.0.0.xml");
        assertThat(rest.keySet()).noneMatch(entry -> entry.startsWith("mi-connector-big"));
        assertThat(new String(rest.get("artifacts.xml"), StandardCharsets.UTF_8))
                .contains("artifact=\"order\"", "name=\"order\" version=\"1.0.0\"")
                .doesNotContain("mi-connector");
        assertThat(Files.size(first.get(1))).isLessThan(8_000);

        byte[] before = Files.readAllBytes(first.get(0));
        write(
                project.resolve("src/main/wso2mi/artifacts/sequences/order.xml"),
                "<sequence name=\"order\" xmlns=\"http://ws.apache.org/ns/synapse\"><respond/></sequence>");
        assertThat(cars(project).get(0)).binaryContent().isEqualTo(before);
        connector(project, "1.2.0", 400_000, 2);
        assertThat(cars(project).get(0)).binaryContent().isNotEqualTo(before);
    }

    /** Counted where it arrives: the driver and the connector, of 400 kB each, are not sent again. */
    @Test
    void anEditOfTheProjectAndItsVersionSendsKilobytes() throws IOException {
        Path project = project("order", "");
        connector(project, "1.2.0", 400_000, 1);
        byte[] driver = new byte[400_000];
        new Random(2).nextBytes(driver);
        Files.createDirectories(project.resolve("deployment/libs"));
        Files.write(project.resolve("deployment/libs/driver-8.jar"), driver);
        Path store = folder.resolve("store");
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            push(registry, project, "1.0.0");
            long first = FileUtils.sizeOfDirectory(store.toFile());
            write(
                    project.resolve("src/main/wso2mi/artifacts/sequences/order.xml"),
                    "<sequence name=\"order\" xmlns=\"http://ws.apache.org/ns/synapse\"><respond/></sequence>");
            Path pom = project.resolve("pom.xml");
            write(pom, Files.readString(pom).replaceFirst("<version>1.0.0<", "<version>1.0.1<"));
            push(registry, project, "1.0.1");
            assertThat(first).isGreaterThan(800_000);
            assertThat(FileUtils.sizeOfDirectory(store.toFile()) - first).isBetween(1L, 12_000L);
        }
    }

    private void push(LoopbackRegistry registry, Path project, String version) {
        Recipe recipe = new Recipe(
                ImageRepository.parse(registry.address() + "/shop/order"),
                "",
                project,
                cars(project),
                List.of(),
                "4.4.0",
                Map.of(),
                Set.of(version),
                Instant.EPOCH);
        new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none()).build(recipe, line -> {});
    }

    /** The runtime would refuse the second CAR. */
    @Test
    void twoCarsWithOneNameOrOneContextAreRefused() throws IOException {
        Path common = project("common", "");
        Path order = project("order", "", "common");
        String api =
                "<api name=\"%s\" context=\"/orders\" xmlns=\"http://ws.apache.org/ns/synapse\"><resource methods=\"GET\">"
                        + "<inSequence><drop/></inSequence></resource></api>";
        write(common.resolve("src/main/wso2mi/artifacts/apis/Old.xml"), api.formatted("Old"));
        assertThat(cars(order)).hasSize(2);
        write(order.resolve("src/main/wso2mi/artifacts/apis/New.xml"), api.formatted("New"));
        assertThatThrownBy(() -> cars(order)).hasMessageContaining("an API with the context /orders");
        Files.delete(order.resolve("src/main/wso2mi/artifacts/apis/New.xml"));
        write(
                order.resolve("src/main/wso2mi/artifacts/sequences/common.xml"),
                "<sequence name=\"common\" xmlns=\"http://ws.apache.org/ns/synapse\"><drop/></sequence>");
        assertThatThrownBy(() -> cars(order)).hasMessageContaining("synapse/sequence 'common'");
        Files.delete(order.resolve("src/main/wso2mi/artifacts/sequences/common.xml"));
        String inbound = "<inboundEndpoint xmlns=\"http://ws.apache.org/ns/synapse\" name=\"%s\" protocol=\"http\" "
                + "sequence=\"main\">\n<parameters><parameter name=\"inbound.http.port\">9090</parameter></parameters>"
                + "</inboundEndpoint>";
        write(common.resolve("src/main/wso2mi/artifacts/inbound-endpoints/In.xml"), inbound.formatted("In"));
        write(order.resolve("src/main/wso2mi/artifacts/inbound-endpoints/Other.xml"), inbound.formatted("Other"));
        assertThatThrownBy(() -> cars(order))
                .isInstanceOfSatisfying(FailureException.class, e -> assertThat(
                                e.failure().where().toString())
                        .matches(".*common.*/In_1.0.0/In-1.0.0.xml:2:13 and .*order.*/Other-1.0.0.xml:2:13"))
                .hasMessageContaining("an inbound endpoint on port 9090");
    }

    @Test
    void librariesOfThePomComeFromTheRepositoryOrAreMissed() throws IOException {
        Path project = project("order", "");
        Path pom = project.resolve("pom.xml");
        write(
                pom,
                Files.readString(pom)
                        .replace(
                                "<dependencies>",
                                "<dependencies><dependency><groupId>com.mysql</groupId><artifactId>driver</artifactId>"
                                        + "<version>8</version></dependency>")
                        .replace(
                                "<plugins>",
                                "<plugins><plugin><artifactId>maven-dependency-plugin</artifactId><executions><execution>"
                                        + "<goals><goal>copy-dependencies</goal></goals><configuration>"
                                        + "<outputDirectory>deployment/libs</outputDirectory>"
                                        + "<excludeTransitive>true</excludeTransitive></configuration></execution>"
                                        + "</executions></plugin>"));
        Wanted wanted = new Wanted(inspected(project), built(project), List.of(), m2);
        assertThatThrownBy(() -> new ProjectImageCars().libraries(wanted))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("com.mysql:driver:8");
        write(m2.resolve("com/mysql/driver/8/driver-8.jar"), "jar");
        assertThat(names(new ProjectImageCars().libraries(wanted))).containsExactly("driver-8.jar");
        write(project.resolve("deployment/libs/driver-8.jar"), "jar");
        assertThat(new ProjectImageCars().libraries(wanted)).isEmpty();
    }

    @Test
    void aCarWithADeploymentOfItsOwnAndOneWithSmallConnectorsStayWhole() throws IOException {
        Path own = project("own", "<versionedDeployment>true</versionedDeployment>");
        connector(own, "1.0.0", 400_000, 1);
        assertThat(cars(own)).hasSize(1);
        Path small = project("small", "");
        connector(small, "1.0.0", 1_000, 1);
        assertThat(cars(small)).hasSize(1);
    }
}
