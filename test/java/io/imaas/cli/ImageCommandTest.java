package io.imaas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImageCommandTest {
    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private Path project;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws Exception {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        project = Files.createDirectories(folder.resolve("order-api"));
        Files.createDirectories(project.resolve("src/main/wso2mi/artifacts/apis"));
        Files.writeString(
                project.resolve("pom.xml"),
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId><artifactId>order-api</artifactId><version>1.4.0</version>
                  <packaging>pom</packaging>
                  <properties><project.runtime.version>4.4.0</project.runtime.version></properties>
                  <build><plugins><plugin><groupId>org.wso2.maven</groupId><artifactId>vscode-car-plugin</artifactId>
                  <version>5.4.12</version></plugin></plugins></build>
                </project>
                """);
        api("<respond/>");
    }

    private void api(String mediators) throws Exception {
        Files.writeString(
                project.resolve("src/main/wso2mi/artifacts/apis/Orders.xml"),
                "<api name=\"Orders\" context=\"/orders\" xmlns=\"http://ws.apache.org/ns/synapse\"><resource methods=\"GET\">"
                        + "<inSequence>" + mediators + "</inSequence></resource></api>");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void anImageIsPushedAndItsDigestIsTheAnswer() throws Exception {
        assertThat(run("--to", target(), "--label", "io.imaas.tenant=orders", "--format", "json"))
                .as(err.toString())
                .isZero();

        JsonNode answer = new ObjectMapper().readTree(out.toString());
        ImageRef image = ImageRef.parse(answer.path("image").asText());
        HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());
        assertThat(images.resolve(image.repository(), "1.4.0")).contains(image.digest());
        assertThat(images.labels(image))
                .containsEntry("io.imaas.tenant", "orders")
                .containsEntry("org.opencontainers.image.version", "1.4.0");
        assertThat(answer.path("bytesPushed").asLong()).isPositive();
        assertThat(new ObjectMapper()
                        .readTree(project.resolve("target/imaas/image.json").toFile()))
                .isEqualTo(answer);
    }

    @Test
    void aScriptGetsTheNameAndNothingElse() {
        assertThat(run("--to", target(), "--quiet")).as(err.toString()).isZero();
        assertThat(out.toString().strip()).matches("\\S+/order-api@sha256:[0-9a-f]{64}");
        assertThat(run("--to", target(), "--quiet", "--dry-run")).isEqualTo(2);
    }

    @Test
    void aDryRunSaysWhatWouldBePushedAndPushesNothing() {
        assertThat(run("--to", target(), "--tag", "rc", "--dry-run")).isZero();

        assertThat(out.toString())
                .contains("would push")
                .contains("order-api_1.4.0.car on an empty base to " + target() + " (rc) with jib");
        assertThat(project.resolve("target/imaas/image.json")).doesNotExist();
        assertThat(project.resolve("target/imaas/order-api_1.4.0.car")).doesNotExist();
        assertThat(folder.resolve("registry/index.json")).content().doesNotContain("orders");
    }

    @Test
    void aDryRunLooksAtTheOtherCarsAsABuildDoes() throws Exception {
        Path other = folder.resolve("other.car");
        assertThat(run("--to", target(), "--dry-run", "--with-car", other.toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("other.car");

        assertThat(run("--to", target())).as(err.toString()).isZero();
        Files.copy(project.resolve("target/imaas/order-api_1.4.0.car"), other);
        assertThat(run("--to", target(), "--dry-run", "--with-car", other.toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("two CARs of one image have");

        Files.write(other, CarZip.write(Map.of("artifacts.xml", "<artifacts/>".getBytes(UTF_8))));
        FileUtils.deleteDirectory(project.resolve("target").toFile());
        assertThat(run("--to", target(), "--dry-run", "--with-car", other.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("would push", "other.car, ", "order-api_1.4.0.car on");
        assertThat(project.resolve("target")).doesNotExist();
    }

    @Test
    void whatIsMissingOrAmbiguousIsTheUsersToFix() throws Exception {
        assertThat(run("--to", target(), "--base-image", "wso2/wso2mi:4.4.0")).isEqualTo(3);
        assertThat(err.toString()).contains("names no digest");
        Files.createDirectories(project.resolve("target/imaas"));
        Files.writeString(project.resolve("target/imaas/another.car"), "another CAR");
        assertThat(run("--to", target(), "--dry-run")).isZero();
        assertThat(out.toString()).contains("order-api_1.4.0.car").doesNotContain("another.car");
        assertThat(run("--to", target(), "--car", project.resolve("nowhere.car").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("there is no CAR");
        assertThat(run("--to", "127.0.0.1:1/orders", "--tag", "x")).isEqualTo(6);
        assertThat(run("--to", target(), "--docker", "--arch", "linux/amd64")).isEqualTo(2);
    }

    /** What runs is what the sources say. */
    @Test
    void aCarThatIsOlderThanItsSourcesIsBuiltAnewOrRefused() throws Exception {
        assertThat(run("--to", target())).as(err.toString()).isZero();
        Path car = project.resolve("target/imaas/order-api_1.4.0.car");
        byte[] first = Files.readAllBytes(car);
        Path kept = Files.write(folder.resolve("kept.car"), first);
        assertThat(run("--to", target(), "--car", kept.toString()))
                .as(err.toString())
                .isZero();

        api("<drop/>");
        assertThat(run("--to", target(), "--car", kept.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("not made of these sources", "Orders.xml");
        assertThat(run("--to", target())).isZero();
        assertThat(out.toString()).contains("building order-api_1.4.0.car", "the CAR has another content");
        assertThat(car).binaryContent().isNotEqualTo(first);
    }

    @Test
    void anEditPushesKilobytesHoweverLargeTheConnectorsAre() throws Exception {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        Path connector = project.resolve("src/main/wso2mi/resources/connectors/mi-connector-big-1.0.0.zip");
        Files.createDirectories(connector.getParent());
        Files.write(
                connector,
                CarZip.write(new TreeMap<>(Map.of(
                        "connector.xml",
                        "<connector><component name='big'/></connector>".getBytes(UTF_8),
                        "lib/a.jar",
                        noise))));
        assertThat(run("--to", target(), "--format", "json")).as(err.toString()).isZero();
        assertThat(pushed()).isGreaterThan(1 << 20);
        api("<log/><respond/>");
        assertThat(run("--to", target(), "--format", "json")).as(err.toString()).isZero();
        assertThat(pushed()).isBetween(1L, 20_000L);
    }

    private long pushed() throws Exception {
        return new ObjectMapper()
                .readTree(project.resolve("target/imaas/image.json").toFile())
                .path("bytesPushed")
                .asLong();
    }

    @Test
    void whatOnlyMavenCanBuildIsRefusedWhenItsCarIsOld() throws Exception {
        assertThat(run("--to", target())).isZero();
        Path mediator = project.resolve("src/main/java/Mediator.java");
        Files.createDirectories(mediator.getParent());
        Files.writeString(mediator, "class Mediator {}");
        assertThat(run("--to", target())).isEqualTo(3);
        assertThat(err.toString()).contains("not made of these sources", "only Maven can build it", "imaas build ");
    }

    /** {@code archiveName} names the CAR; one of another name beside it is nobody's. */
    @Test
    void thePomNamesTheCar() throws Exception {
        Path pom = project.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(
                                "<version>5.4.12</version>",
                                "<version>5.4.12</version><configuration><archiveName>shop</archiveName></configuration>"));
        assertThat(run("--to", target())).as(err.toString()).isZero();
        assertThat(project.resolve("target/imaas/shop.car")).exists();
    }

    private int run(String... arguments) {
        CommandLine line = Main.reading(new CommandLine(new ImageCommand()));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(
                List.of(project.toString(), "--cache", folder.resolve("cache").toString()));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    private String target() {
        return registry.address() + "/orders/order-api";
    }
}
