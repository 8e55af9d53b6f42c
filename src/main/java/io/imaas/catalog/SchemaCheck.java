package io.imaas.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.imaas.catalog.YamlNode.Mapping;
import io.imaas.catalog.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Checks a file's structure against its JSON Schema, the same that editors complete from, and says it at the right place. */
final class SchemaCheck {
    /** Our own word for editors and messages is known, so that nobody is warned of it. */
    private static final JsonSchemaFactory FACTORY = factory();

    private final JsonSchema schema;
    private final SchemaWords words;

    private SchemaCheck(JsonNode document) {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(false)
                .build();
        this.schema = FACTORY.getSchema(document, config);
        this.schema.initializeValidators();
        this.words = new SchemaWords(document);
    }

    private static JsonSchemaFactory factory() {
        JsonMetaSchema own = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .keyword(new NonValidationKeyword("patternErrorMessage"))
                .build();
        return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
                .metaSchema(own)
                .build();
    }

    /** Loads {@code /schema/<name>.schema.json}, which is part of the program. */
    static SchemaCheck named(String name) {
        try (InputStream in = SchemaCheck.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
            return new SchemaCheck(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that is checked; empty when it is not YAML at all. */
    Optional<Section> read(String file, String text, Findings findings) {
        Optional<YamlNode> root = YamlTree.read(file, text, findings);
        root.ifPresent(node -> check(node, findings));
        return root.map(node -> Section.of(node, findings));
    }

    void check(YamlNode root, Findings findings) {
        List<ValidationMessage> wrongTypesFirst = schema.validate(JsonView.of(root)).stream()
                .sorted((a, b) -> Boolean.compare(SchemaWords.isType(b), SchemaWords.isType(a)))
                .toList();
        for (ValidationMessage message : wrongTypesFirst) {
            words.report(message, find(root, message), findings);
        }
    }

    private static YamlNode find(YamlNode root, ValidationMessage message) {
        YamlNode node = root;
        for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
            Object element = message.getInstanceLocation().getElement(i);
            if (node instanceof Mapping mapping) {
                node = mapping.entry(element.toString()).orElseThrow().value();
            } else if (node instanceof Sequence sequence && element instanceof Number index) {
                node = sequence.items().get(index.intValue());
            }
        }
        return node;
    }
}
