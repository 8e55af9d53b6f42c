package io.imaas.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.catalog.YamlNode.Mapping;
import io.imaas.catalog.YamlNode.Scalar;
import io.imaas.catalog.YamlNode.Sequence;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;

/** The JSON data model's view of a YAML tree, for the schema. */
final class JsonView {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Longer numbers are not a quantity of anything here, and parsing them takes quadratic time. */
    private static final int MAX_DIGITS = 40;

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonView() {}

    static JsonNode of(YamlNode node) {
        if (node instanceof Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key(), of(entry.value())));
            return object;
        }
        if (node instanceof Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((Scalar) node);
    }

    /** A mapping as plain values: texts, numbers, booleans, lists and maps. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> plain(YamlNode node) {
        return node instanceof Mapping ? JSON.convertValue(of(node), Map.class) : Map.of();
    }

    private static JsonNode scalar(Scalar scalar) {
        String text = scalar.text();
        if (text.length() > MAX_DIGITS) {
            return NODES.textNode(text);
        }
        return switch (scalar.kind()) {
            case TEXT -> NODES.textNode(text);
            case NOTHING -> NODES.nullNode();
            case TRUTH -> NODES.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
            case WHOLE -> NODES.numberNode(whole(text));
            // .inf and .nan are floats of YAML and no numbers of JSON.
            case FRACTION -> Double.isFinite(fraction(text)) ? NODES.numberNode(fraction(text)) : NODES.textNode(text);
        };
    }

    static BigInteger whole(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private static double fraction(String text) {
        return Character.isLetter(text.charAt(text.length() - 1)) ? Double.NaN : Double.parseDouble(text);
    }
}
