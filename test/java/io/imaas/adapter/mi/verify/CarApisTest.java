package io.imaas.adapter.mi.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.source.ApiDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarApisTest {
    private static final String METADATA =
            """
            ---
            key: "Hello-1.0.0"
            name: "Hello"
            description: "Says \\"hello\\""
            version: "1.0.0"
            serviceUrl: "https://{MI_HOST}:{MI_PORT}/hello/1.0.0"
            definitionType: "OAS3"
            securityType: "BASIC"
            mutualSSLEnabled: false
            """;

    private static List<ApiDescription> apis(String metadata, String definition) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("artifacts.xml", new byte[0]);
        entries.put("metadata/Hello_metadata_1.0.0/Hello_metadata-1.0.0.yaml", bytes(metadata));
        if (definition != null) {
            entries.put("metadata/Hello_swagger_1.0.0/Hello_swagger-1.0.0.yaml", bytes(definition));
        }
        return new CarPartsReader().apis(CarZip.write(entries), "hello.car");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anApiIsDescribedByItsMetadataAndDefinedByItsOpenApi() {
        assertThat(apis(METADATA, "openapi: 3.0.3\n")).singleElement().satisfies(api -> {
            assertThat(api.name()).isEqualTo("Hello");
            assertThat(api.description()).isEqualTo("Says \"hello\"");
            assertThat(api.path()).isEqualTo("/hello/1.0.0");
            assertThat(api.at("http://order-api.orders-prod.svc:8290").url())
                    .isEqualTo("http://order-api.orders-prod.svc:8290/hello/1.0.0");
            assertThat(api.type()).isEqualTo("OAS3");
        });
        assertThat(apis(METADATA, "{\"swagger\": \"2.0\"}"))
                .singleElement()
                .extracting(ApiDescription::type)
                .isEqualTo("OAS2");
    }

    @Test
    void oneWithoutADefinitionIsToldAndAProxyIsNot() {
        assertThat(apis(METADATA, null)).singleElement().matches(api -> api.definition()
                .isEmpty());
        assertThat(apis(METADATA, "something: else")).singleElement().matches(api -> api.definition()
                .isEmpty());
        assertThat(apis(METADATA.replace("OAS3", "WSDL1"), null)).isEmpty();
    }

    @Test
    void whatAStrangerWroteDoesNoHarm() {
        assertThat(apis("[".repeat(100_000), "openapi: 3.0.3\n")).isEmpty();
        assertThat(apis("[".repeat(16_000), "openapi: 3.0.3\n")).isEmpty();
        assertThat(apis("name: [", "openapi: 3.0.3\n")).isEmpty();
        assertThat(apis("a: &a [x]\nname: *a\nversion: {b: c}\n", "openapi: 3.0.3\n"))
                .isEmpty();
        assertThat(apis("name: x\nversion: 1\nserviceUrl: https://evil.example.org\nsecurityType: ALL\n", "openapi: 3"))
                .singleElement()
                .satisfies(api -> {
                    assertThat(api.at("http://s").url()).isEqualTo("http://s/");
                    assertThat(api.security()).isEqualTo("NONE");
                });
        assertThatThrownBy(() -> new CarPartsReader().apis(bytes("no zip"), "x.car"))
                .hasMessageContaining("can't be read");
    }

    @Test
    void aCarOfThePluginIsReadAsItIs() throws Exception {
        byte[] car = Files.readAllBytes(Path.of("test/fixtures/mi-verify/hello2_1.0.0.car"));
        assertThat(new CarPartsReader().apis(car, "hello2.car"))
                .extracting(api -> api.name() + " " + api.version() + " " + api.path())
                .containsExactly("HelloAPI 1.0.0 /hello/1.0.0");
    }
}
