package io.imaas.model.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.verify.CarPartsReader;
import io.imaas.model.image.ImageRef;
import io.imaas.port.CarBuilder;
import io.imaas.report.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bills of materials of real CARs, held to the official schema. */
class CycloneDxTest {
    @TempDir
    Path folder;

    @Test
    void aBuiltCarListsItsArtifactsAndConnectorsAndTheBillFitsTheSchema() {
        CarFile car = new NativeCarBuilder()
                .build(
                        new MiProjectDetector()
                                .inspect(Path.of("test/fixtures/mi/corpus/connectors"))
                                .get(0),
                        new CarBuilder.Options(
                                CarBuilder.Choice.NATIVE, folder.resolve("m2"), folder.resolve("out"), false, true),
                        line -> {});

        List<CarPart> parts = new CarPartsReader().of(car);
        assertThat(parts).extracting(CarPart::type).contains("synapse/lib", "synapse/local-entry");
        assertThat(parts).extracting(CarPart::name).contains("mi-connector-demo");
        JsonNode bill = valid(Json.pretty(CycloneDx.of(car, parts, "1.2.3")));
        assertThat(bill.at("/metadata/component/hashes/0/content").asText()).isEqualTo(car.sha256());
        assertThat(CycloneDx.of(car, new CarPartsReader().of(car), "1.2.3"))
                .as("the same CAR has the same bill")
                .isEqualTo(CycloneDx.of(car, parts, "1.2.3"));
    }

    @Test
    void librariesWithinAConnectorAreNamedByWhatMavenLeftInThem() throws IOException {
        byte[] logging = zip(Map.of(
                "META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties",
                text("groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=2.14.1\n")));
        byte[] unnamed = zip(Map.of("a/B.class", new byte[] {1}));
        Map<String, byte[]> connector = new LinkedHashMap<>();
        connector.put("connector.xml", text("<connector/>"));
        connector.put("lib/log4j-core-2.14.1.jar", logging);
        connector.put("lib/acme-tools-1.0-beta2.jar", unnamed);
        CarFile car = car(Map.of(
                "artifacts.xml",
                text("<artifacts><artifact name='shop' version='1.0.0' type='carbon/application'/></artifacts>"),
                "mi-connector-demo_2.0.1/artifact.xml",
                text("<artifact name='mi-connector-demo' version='2.0.1' type='synapse/lib' serverRole='X'>"
                        + "<file>mi-connector-demo-2.0.1.zip</file></artifact>"),
                "mi-connector-demo_2.0.1/mi-connector-demo-2.0.1.zip",
                zip(connector),
                "lib/plain.jar",
                unnamed));

        List<CarPart> parts = new CarPartsReader().of(car);

        assertThat(parts).extracting(CarPart::name).containsExactlyInAnyOrder("mi-connector-demo", "plain");
        JsonNode bill = valid(Json.pretty(CycloneDx.of(car, parts, "1.2.3")));
        assertThat(bill.findValuesAsText("purl"))
                .containsExactly("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1");
        assertThat(bill.at("/components").findValuesAsText("name")).contains("acme-tools");
        assertThat(bill.at("/components").findValuesAsText("version")).contains("1.0-beta2", "2.14.1");
        assertThat(bill.at("/dependencies/1/dependsOn")).hasSize(2);
    }

    @Test
    void anImagesBillNamesItsBaseAndWhatLiesBesideTheCar() throws IOException {
        byte[] driver = zip(Map.of(
                "META-INF/maven/org.postgresql/postgresql/pom.properties",
                text("groupId=org.postgresql\nartifactId=postgresql\nversion=42.7.4\n")));
        Path jar = Files.write(folder.resolve("postgresql-42.7.4.jar"), driver);
        Path other = Files.write(folder.resolve("common_2.0.0.car"), zip(Map.of("lib/postgresql-42.7.4.jar", driver)));
        CarFile car = car(Map.of("lib/plain.jar", zip(Map.of("a/B.class", new byte[] {1}))));
        CarPartsReader reader = new CarPartsReader();
        ImageContents contents = new ImageContents(car, reader.of(car), List.of(reader.file(other), reader.file(jar)));

        JsonNode bill = valid(Json.pretty(CycloneDx.of(
                ImageRef.parse("registry.example.org/orders/shop@sha256:" + "a".repeat(64)),
                "1.0.0",
                "registry.example.org/base@sha256:" + "b".repeat(64),
                Map.of(
                        "components",
                        List.of(
                                Map.of("type", "operating-system", "name", "debian", "version", "12", "bom-ref", "car"),
                                Map.of(
                                        "type",
                                        "odd",
                                        "name",
                                        "zlib",
                                        "cpe",
                                        7,
                                        "components",
                                        List.of(Map.of("name", "z"))),
                                Map.of("name", "n".repeat(1000)),
                                "no component")),
                contents,
                "1.2.3",
                Instant.parse("2026-01-01T00:00:00.123Z"))));
        assertThat(bill.at("/metadata/component/hashes/0/content").asText()).isEqualTo("a".repeat(64));
        assertThat(bill.at("/metadata/timestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(bill.at("/dependencies/0/dependsOn").toString())
                .isEqualTo("[\"car\",\"base\",\"lib/plain.jar\",\"common_2.0.0.car\",\"postgresql-42.7.4.jar\"]");
        assertThat(bill.at("/dependencies")
                        .get(bill.at("/dependencies").size() - 1)
                        .toString())
                .isEqualTo("{\"ref\":\"base\",\"dependsOn\":[\"base/1\",\"base/2\",\"base/3\"]}");
        assertThat(bill.at("/components").findValuesAsText("name")).contains("debian", "zlib", "z");
        assertThat(bill.findValuesAsText("purl")).hasSize(2).containsOnly("pkg:maven/org.postgresql/postgresql@42.7.4");
    }

    @Test
    void aDamagedConnectorIsStillListed() throws IOException {
        CarFile car = car(Map.of(
                "c_1.0.0/artifact.xml",
                text("<artifact name='c' version='1.0.0' type='synapse/lib'><file>c-1.0.0.zip</file></artifact>"),
                "c_1.0.0/c-1.0.0.zip",
                text("PK\u0003\u0004 and no more")));

        assertThat(new CarPartsReader().of(car)).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo("c");
            assertThat(part.libraries()).isEmpty();
        });
    }

    private static JsonNode valid(String bill) {
        URL schema = CycloneDxTest.class.getResource("/cyclonedx/bom-1.6.schema.json");
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                VersionFlag.V7,
                builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(
                        "http://cyclonedx.org/schema/", schema.toString().replace("bom-1.6.schema.json", ""))));
        JsonSchema official = factory.getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"));
        assertThat(official.validate(bill, InputFormat.JSON)).isEmpty();
        assertThat(official.validate(bill.replace("\"SHA-256\"", "\"SHA-257\""), InputFormat.JSON))
                .as("the schema is really asked")
                .isNotEmpty();
        try {
            return new ObjectMapper().readTree(bill);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CarFile car(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("shop_1.0.0.car");
        Files.write(file, zip(entries));
        return new CarFile(file.toString(), "shop", "1.0.0", "0".repeat(64), "native");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
