package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas are what editors read, what the validator uses and what docs/metadata.md says: one truth. */
class SchemaTest {
    private static final Path DOC = Path.of("docs/metadata.md");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- fields of (\\w+) -->\n).*?(<!-- end of fields -->)", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(# (\\S+)\n.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"platform", "tenant", "service"})
    void eachIsASound2020SchemaWhoseExamplesFitIt(String name) throws IOException {
        JsonNode schema = MetadataTables.schema(name);
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        JsonSchema meta = factory.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(schema.toString(), InputFormat.JSON)).isEmpty();
        assertThat(schema.path("examples")).isNotEmpty();
        schema.path("examples")
                .forEach(example ->
                        assertThat(factory.getSchema(schema).validate(example)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "tenant", "service"})
    void everyFieldHasATitleADescriptionAndSomethingToComplete(String name) throws IOException {
        List<String> poor = new ArrayList<>();
        collectPoorFields(MetadataTables.schema(name), name, poor);

        assertThat(poor).isEmpty();
    }

    private static void collectPoorFields(JsonNode schema, String path, List<String> poor) {
        if (schema.path("type").asText().equals("object") && !schema.has("additionalProperties")) {
            poor.add(path + " lets unknown keys in");
        }
        schema.path("properties").properties().forEach(property -> {
            JsonNode field = property.getValue();
            boolean leaf = !field.path("type").asText().matches("object|array");
            boolean completes = field.has("examples")
                    || field.has("default")
                    || field.has("enum")
                    || field.path("type").asText().equals("boolean");
            if (!field.has("title") || !field.has("description") || (leaf && !completes)) {
                poor.add(path + "." + property.getKey());
            }
            collectPoorFields(field, path + "." + property.getKey(), poor);
            collectPoorFields(field.path("items"), path + "." + property.getKey() + "[]", poor);
        });
    }

    @Test
    void theSchemaAllowsTheSameNamesAsTheModel() throws IOException {
        JsonNode tenant = MetadataTables.schema("tenant").path("properties");
        sameLimit(tenant.path("tenant"), TenantName::new);
        sameLimit(tenant.path("environments").path("items").path("properties").path("name"), EnvironmentName::new);
        sameLimit(tenant.path("services").path("items").path("properties").path("name"), ServiceName::new);
    }

    private static void sameLimit(JsonNode field, Consumer<String> model) {
        int limit = field.path("maxLength").asInt();
        Pattern pattern = Pattern.compile(field.path("pattern").asText());
        for (String name :
                List.of("a", "a-b", "-a", "a-", "A", "a_b", "a.b", "", "x".repeat(limit), "x".repeat(limit + 1))) {
            boolean bySchema = pattern.matcher(name).find() && name.length() <= limit;
            assertThat(accepts(model, name)).describedAs(name).isEqualTo(bySchema);
        }
    }

    private static boolean accepts(Consumer<String> model, String name) {
        try {
            model.accept(name);
            return true;
        } catch (io.imaas.model.failure.FailureException e) {
            return false;
        }
    }

    @Test
    void theDocumentListsEveryFieldAsTheSchemaHasIt() throws IOException {
        String doc = Files.readString(DOC);
        Matcher tables = TABLE.matcher(doc);
        StringBuilder generated = new StringBuilder();
        while (tables.find()) {
            String table = tables.group(1) + MetadataTables.of(tables.group(2)) + tables.group(3);
            tables.appendReplacement(generated, Matcher.quoteReplacement(table));
        }
        tables.appendTail(generated);
        if (Boolean.getBoolean("imaas.docs.update")) {
            Files.writeString(DOC, generated);
        }

        assertThat(doc)
                .describedAs("run with -Dimaas.docs.update=true to renew")
                .isEqualTo(generated.toString());
    }

    @Test
    void theDocumentsExamplesAreSound() throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(DOC));
        int found = 0;
        while (examples.find()) {
            String file = examples.group(2);
            Read<?> read = file.equals("imaas.yaml")
                    ? ServiceFile.read(file, examples.group(1))
                    : CatalogReader.read(
                            new Acme().with(file, examples.group(1)).files());
            assertThat(read.problems()).describedAs(file).isEmpty();
            found++;
        }

        assertThat(found).isGreaterThanOrEqualTo(3);
    }
}
