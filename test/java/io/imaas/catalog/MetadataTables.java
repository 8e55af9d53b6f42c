package io.imaas.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The schema as a table for people: one row a field. */
final class MetadataTables {
    private final List<String> rows = new ArrayList<>();

    private MetadataTables() {}

    static JsonNode schema(String name) throws IOException {
        try (var in = MetadataTables.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    static String of(String name) throws IOException {
        MetadataTables tables = new MetadataTables();
        tables.rows.add("| Field | Type | Default | Meaning |");
        tables.rows.add("|---|---|---|---|");
        tables.fields(schema(name), "");
        return String.join("\n", tables.rows) + "\n";
    }

    private void fields(JsonNode object, String prefix) {
        Set<String> required = new HashSet<>();
        object.path("required").forEach(key -> required.add(key.asText()));
        object.path("properties").properties().forEach(property -> {
            JsonNode schema = property.getValue();
            String path = prefix + property.getKey();
            String missing = schema.has("default") ? code(schema.get("default")) : "";
            rows.add("| `" + path + "` | " + type(schema) + " | "
                    + (required.contains(property.getKey()) ? "**required**" : missing) + " | " + meaning(schema)
                    + " |");
            fields(schema, path + ".");
            JsonNode items = schema.path("items");
            String marks = "[]";
            while (items.has("items")) {
                items = items.path("items");
                marks += "[]";
            }
            fields(items, path + marks + ".");
        });
    }

    private static String meaning(JsonNode schema) {
        String text = schema.path("description").asText();
        JsonNode rule = schema.has("pattern") ? schema : schema.path("items");
        if (rule.has("patternErrorMessage")) {
            text += " " + sentence(rule.path("patternErrorMessage").asText());
        }
        if (schema.has("minimum")) {
            text += " " + schema.get("minimum") + " to " + schema.get("maximum") + ".";
        }
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String type(JsonNode schema) {
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.get("enum").forEach(word -> words.add("`" + word.asText() + "`"));
            return String.join(", ", words);
        }
        if (schema.path("type").isArray()) {
            return "text or number";
        }
        String type = schema.path("type").asText();
        return switch (type) {
            case "array" -> "list of " + type(schema.path("items"));
            case "object" -> "map";
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            default -> schema.path("format").asText("text");
        };
    }

    private static String code(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
