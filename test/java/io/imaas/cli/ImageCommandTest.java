package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
                </project>
                """);
        Files.createDirectories(project.resolve("target/imaas"));
        Files.writeString(project.resolve("target/imaas/order-api_1.4.0.car"), "a CAR");
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
    void aDryRunSaysWhatWouldBePushedAndPushesNothing() {
        assertThat(run("--to", target(), "--tag", "rc", "--dry-run")).isZero();

        assertThat(out.toString())
                .contains("would push")
                .contains("order-api_1.4.0.car on an empty base to " + target() + " (rc) with jib");
        assertThat(project.resolve("target/imaas/image.json")).doesNotExist();
        assertThat(folder.resolve("registry/index.json")).content().doesNotContain("orders");
    }

    @Test
    void whatIsMissingOrAmbiguousIsTheUsersToFix() throws Exception {
        assertThat(run("--to", target(), "--base", "wso2/wso2mi:4.4.0")).isEqualTo(3);
        assertThat(err.toString()).contains("names no digest");
        Files.writeString(project.resolve("target/imaas/another.car"), "another CAR");
        assertThat(run("--to", target(), "--dry-run")).isZero();
        assertThat(out.toString()).contains("order-api_1.4.0.car").doesNotContain("another.car");
        assertThat(run("--to", target(), "--car", project.resolve("nowhere.car").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("there is no CAR");
        assertThat(run("--to", "127.0.0.1:1/orders", "--tag", "x", "--car", project + "/target/imaas/another.car"))
                .isEqualTo(6);
        assertThat(run("--to", target(), "--docker", "--arch", "linux/amd64")).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new ImageCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new FailurePrinter());
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
