package io.imaas.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.imaas.catalog.YamlNode.Mapping;
import io.imaas.catalog.YamlNode.Scalar;
import io.imaas.catalog.YamlNode.Sequence;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says in a person's words what a JSON Schema finds wrong. */
record SchemaWords(JsonNode schema) {
    static boolean isType(ValidationMessage message) {
        return message.getType().equals("type");
    }

    void report(ValidationMessage message, YamlNode node, Findings findings) {
        JsonNode rule = schemaAround(message);
        String name = name(message);
        switch (message.getType()) {
            case "additionalProperties" -> unknownKey(message.getProperty(), (Mapping) node, rule, findings);
            case "required" -> missingKey(message.getProperty(), node.where(), name, rule, findings);
            case "type" -> TypeWords.report(name, rule, node, findings);
            case "enum" -> notListed(name, rule, node, findings);
            case "uniqueItems" -> repeated(name, (Sequence) node, findings);
            case "pattern" -> misfit(name, rule, node, findings);
            case "maxLength" -> tooLong(name, rule, node, findings);
            case "minLength" -> findings.refine("empty-value", node.where(), "'" + name + "' is empty", example(rule));
            case "minItems" ->
                findings.refine("empty-list", node.where(), "'" + name + "' is an empty list", filled(rule));
            case "maxItems", "maxProperties" ->
                findings.refine(
                        "too-many",
                        node.where(),
                        "'" + name + "' has more than " + rule.path(message.getType()) + " entries",
                        "remove some");
            case "minimum" -> outOfRange(name, node, "at least " + rule.path("minimum"), findings);
            case "maximum" -> outOfRange(name, node, "at most " + rule.path("maximum"), findings);
            default -> findings.refine("schema", node.where(), "'" + name + "': " + message.getError(), "");
        }
    }

    private void unknownKey(String key, Mapping parent, JsonNode rule, Findings findings) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        Location where = parent.entry(key).map(YamlNode.Entry::where).orElse(parent.where());
        String fix = TypeWords.lookalike(key)
                .or(() -> Spelling.nearest(key, known).map(word -> "did you mean '" + word + "'?"))
                .or(() -> home(schema, "", key).map(path -> "it belongs to '" + path + "'"))
                .orElse("known here: " + String.join(", ", known));
        findings.error("unknown-key", where, "the key '" + TypeWords.shorten(key) + "' is unknown", fix);
    }

    /** Where else in the file a key of this name is known. */
    private static Optional<String> home(JsonNode schema, String path, String key) {
        JsonNode properties = schema.path("properties");
        if (properties.has(key)) {
            return Optional.of(path.isEmpty() ? "the top level" : path);
        }
        for (var property : properties.properties()) {
            String below = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            Optional<String> found =
                    home(property.getValue(), below, key).or(() -> home(items(property.getValue()), below + "[]", key));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static JsonNode items(JsonNode schema) {
        JsonNode items = schema.path("items");
        return items.has("items") ? items(items) : items;
    }

    private static void missingKey(String key, Location where, String name, JsonNode rule, Findings findings) {
        JsonNode property = rule.path("properties").path(key);
        String in = name.isEmpty() ? "" : " in '" + name + "'";
        JsonNode example = property.path("examples").path(0);
        String add = example.isMissingNode() || example.size() > 1
                ? ("add it: " + property.path("description").asText("").strip()).replaceFirst(": $", "")
                : "add it, for example " + key + ": " + (example.isContainerNode() ? example : example.asText());
        findings.error("missing-key", where, "'" + key + "' is missing" + in, add);
    }

    private static void notListed(String name, JsonNode rule, YamlNode node, Findings findings) {
        List<String> known = new ArrayList<>();
        rule.path("enum").forEach(word -> known.add(word.asText()));
        if (node instanceof Scalar scalar) {
            findings.refine(
                    "unknown-word",
                    node.where(),
                    TypeWords.found(scalar) + " is not a value of '" + name + "'",
                    Spelling.nearest(scalar.text(), known)
                                    .map(word -> "did you mean '" + word + "'? ")
                                    .orElse("")
                            + "allowed: " + String.join(", ", known));
        } else {
            findings.refine(
                    "wrong-type",
                    node.where(),
                    "'" + name + "' is " + TypeWords.found(node) + ", but must be one word",
                    "allowed: " + String.join(", ", known));
        }
    }

    private static void repeated(String name, Sequence list, Findings findings) {
        Set<JsonNode> seen = new HashSet<>();
        for (YamlNode item : list.items()) {
            if (!seen.add(JsonView.of(item))) {
                findings.refine(
                        "repeated",
                        item.where(),
                        "'" + name + "' names " + TypeWords.found(item) + " twice",
                        "remove one");
            }
        }
    }

    private static void misfit(String name, JsonNode rule, YamlNode node, Findings findings) {
        String written = ((Scalar) node).text();
        String pattern = rule.path("pattern").asText();
        String fix = rule.path("patternErrorMessage").asText("it must match " + pattern);
        String tamed = written.strip().toLowerCase(java.util.Locale.ROOT).replaceAll("[ _.]+", "-");
        boolean fits = tamed.matches(pattern)
                && tamed.length() <= rule.path("maxLength").asInt(Integer.MAX_VALUE);
        findings.refine(
                "bad-value",
                node.where(),
                TypeWords.found(node) + " is not allowed as '" + name + "'",
                TypeWords.lookalike(written).orElse(fix + (fits ? ": " + tamed : "")));
    }

    private static void tooLong(String name, JsonNode rule, YamlNode node, Findings findings) {
        int length = ((Scalar) node).text().length();
        findings.refine(
                "too-long",
                node.where(),
                "'" + name + "' has " + length + " characters; at most " + rule.path("maxLength") + " are allowed",
                "shorten it");
    }

    private static void outOfRange(String name, YamlNode node, String range, Findings findings) {
        findings.refine(
                "out-of-range",
                node.where(),
                "'" + name + "' is " + ((Scalar) node).text() + ", but must be " + range,
                "write a number that is " + range);
    }

    private static String filled(JsonNode rule) {
        JsonNode example = rule.path("examples").path(0);
        return example.isArray()
                ? "name at least one, for example " + example
                : "list at least one, or remove the line";
    }

    private static String example(JsonNode rule) {
        JsonNode example = rule.path("examples").path(0);
        return example.isValueNode() ? "for example " + example.asText() : "fill it in, or remove the line";
    }

    /** The schema object in which the broken keyword stands. */
    private JsonNode schemaAround(ValidationMessage message) {
        String pointer = message.getSchemaLocation().getFragment().toString();
        int keyword = pointer.lastIndexOf('/');
        return keyword <= 0 ? schema : schema.at(pointer.substring(0, keyword));
    }

    /** The last key on the way to the value; items go by their list's name. */
    private static String name(ValidationMessage message) {
        var path = message.getInstanceLocation();
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            if (!(path.getElement(i) instanceof Number)) {
                return TypeWords.shorten(path.getElement(i).toString());
            }
        }
        return "";
    }
}
