package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    private static final Path FIXTURE = Path.of("test/fixtures/catalog/acme");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copyAcme() throws IOException {
        Files.createDirectories(folder.resolve("tenants"));
        for (String path : new String[] {"platform.yaml", "tenants/orders.yaml", "tenants/payments.yaml"}) {
            Files.copy(FIXTURE.resolve(path), folder.resolve(path));
        }
    }

    private int validate(Path where, String... options) {
        CommandLine line = Main.reading(new CommandLine(new ValidateCommand()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        String[] arguments = new String[options.length + 1];
        arguments[0] = where.toString();
        System.arraycopy(options, 0, arguments, 1, options.length);
        int code = line.execute(arguments);
        line.getErr().flush();
        return code;
    }

    private void breakOrders() throws IOException {
        Path orders = folder.resolve("tenants/orders.yaml");
        Files.writeString(orders, Files.readString(orders).replace("type: worker", "typ: worker"));
    }

    @Test
    void aSoundPlatformIsSaidToBeSound() {
        assertThat(validate(folder)).isZero();
        assertThat(out.toString()).isEqualTo("acme-imaas is sound: 2 tenants, 2 services" + System.lineSeparator());
    }

    @Test
    void whatIsWrongInManyLinesIsToldOnceWithTheOthers() throws IOException {
        Path orders = folder.resolve("tenants/orders.yaml");
        StringBuilder services = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            services.append("  - {name: more" + i + ", repository: https://git.example.org/more" + i + ".git}\n");
        }
        Files.writeString(orders, Files.readString(orders).replaceFirst("services:\n", "services:\n" + services));

        assertThat(validate(folder)).isEqualTo(3);
        assertThat(out.toString())
                .contains("'type' is missing in 'services'", "    the same in 299 other lines: ", ", …")
                .contains("303 errors and 0 warnings in 3 files");
        assertThat(out.toString().lines()).hasSize(10);
    }

    @Test
    void problemsAreToldWithAPathThatCanBeOpened() throws IOException {
        breakOrders();

        assertThat(validate(folder)).isEqualTo(3);
        assertThat(out.toString())
                .contains(folder + "/tenants/orders.yaml:25:5: error: the key 'typ' is unknown [unknown-key]")
                .contains("    did you mean 'type'?")
                .contains("2 errors and 0 warnings in 3 files");
    }

    @Test
    void problemsAreToldAsJson() throws IOException {
        breakOrders();

        assertThat(validate(folder, "--format", "json")).isEqualTo(3);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.path("errors").asInt()).isEqualTo(2);
        assertThat(json.path("problems").findValuesAsText("rule")).containsExactly("missing-key", "unknown-key");
        assertThat(json.path("problems").get(1).path("line").asInt()).isEqualTo(25);
    }

    @Test
    void problemsAreToldAsSarif() throws IOException {
        breakOrders();

        assertThat(validate(folder, "--format", "sarif")).isEqualTo(3);
        JsonNode run = new ObjectMapper().readTree(out.toString()).path("runs").get(0);
        assertThat(run.path("results")).hasSize(2);
        assertThat(run.findValuesAsText("uri")).containsOnly("tenants/orders.yaml");
    }

    @Test
    void aServiceFolderIsCheckedAgainstItsFiles() throws IOException {
        Path service = Files.createDirectories(folder.resolve("service"));
        Files.writeString(service.resolve("imaas.yaml"), "path: integration\n");

        assertThat(validate(service)).isEqualTo(3);
        assertThat(out.toString()).contains("imaas.yaml:1:7: error: there is no 'integration' here");
        Files.createDirectory(service.resolve("integration"));
        assertThat(validate(service)).isZero();
    }

    @Test
    void aServiceWithoutSettingsHasTheDefaults() throws IOException {
        Path service = Files.createDirectories(folder.resolve("service"));
        Files.writeString(service.resolve("pom.xml"), "<project/>");

        assertThat(validate(service)).isZero();
        assertThat(out.toString()).contains("the defaults hold");
    }

    @Test
    void anyOtherFolderIsTheUsersMistake() throws IOException {
        assertThat(validate(Files.createDirectories(folder.resolve("empty")))).isEqualTo(3);
        assertThat(validate(folder.resolve("nowhere"))).isEqualTo(3);
        assertThat(err.toString()).contains("neither a platform repository").contains("no such folder");
    }

    @Test
    void aLinkOutOfTheRepositoryIsNotRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "tenant: hunter2");
        Files.createSymbolicLink(folder.resolve("tenants/leak.yaml"), secret);

        assertThat(validate(folder)).isEqualTo(3);
        assertThat(err + "" + out).contains("a link stands where").doesNotContain("hunter2");
    }
}
