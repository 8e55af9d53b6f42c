package io.imaas.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.catalog.YamlNode.Kind;
import io.imaas.catalog.YamlNode.Mapping;
import io.imaas.catalog.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what stands somewhere, what should, and how the one becomes the other. */
final class TypeWords {
    private static final int SHOWN = 60;

    /** Needs no quotes in a list of YAML. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./_-]*");

    private TypeWords() {}

    static void report(String name, JsonNode rule, YamlNode node, Findings findings) {
        JsonNode type = rule.path("type");
        String wanted = type.isArray() ? type.get(0).asText() : type.asText();
        String subject = name.isEmpty() ? "the file" : "'" + name + "'";
        if (node instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
            findings.refine(
                    "wrong-type",
                    node.where(),
                    subject + " has no value, but must be " + noun(wanted),
                    "give it a value or remove the line; text that begins with '#' needs quotes");
            return;
        }
        findings.refine(
                "wrong-type",
                node.where(),
                subject + " must be " + noun(wanted) + ", but is " + found(node),
                fix(wanted, rule, node));
    }

    /** What a person sees there. */
    static String found(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return switch (scalar.kind()) {
                case TEXT -> "'" + shorten(scalar.text()) + "'";
                case WHOLE, FRACTION -> "the number " + shorten(scalar.text());
                case TRUTH -> "the truth value " + scalar.text();
                case NOTHING -> "nothing";
            };
        }
        return node instanceof Mapping ? "a map of keys and values" : "a list";
    }

    private static String noun(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            default -> "a map of keys and values";
        };
    }

    private static String fix(String wanted, JsonNode rule, YamlNode node) {
        Scalar scalar = node instanceof Scalar s ? s : null;
        return switch (wanted) {
            case "string" -> scalar != null ? text(scalar, rule) : "write one value" + form(rule);
            case "integer" -> scalar != null ? wholeNumber(scalar) : "write one number";
            case "boolean" -> scalar != null ? truth(scalar) : "write true or false";
            case "array" ->
                scalar != null
                        ? "write [" + quoted(shorten(scalar.text())) + "]"
                        : "begin each item in a line of its own with '- '";
            default -> "write lines of 'key: value', indented";
        };
    }

    private static String form(JsonNode rule) {
        String form = rule.path("patternErrorMessage").asText();
        return form.isEmpty() ? "" : ": " + form;
    }

    /** Quotes help only where the same characters are a sound text. */
    private static String text(Scalar scalar, JsonNode rule) {
        return scalar.text().matches(rule.path("pattern").asText(".*"))
                ? "put it in quotes: \"" + shorten(scalar.text()) + "\""
                : rule.path("patternErrorMessage").asText();
    }

    private static String wholeNumber(Scalar scalar) {
        try {
            BigDecimal number = new BigDecimal(scalar.text().strip());
            if (number.precision() - number.scale() < 10 && number.scale() > -10) {
                String digits = number.stripTrailingZeros().toPlainString();
                return digits.contains(".") ? "round it" : "write " + digits;
            }
        } catch (NumberFormatException notANumber) {
            return "write digits";
        }
        return "write digits";
    }

    private static String truth(Scalar scalar) {
        return switch (scalar.text().toLowerCase(Locale.ROOT)) {
            case "yes", "on", "y", "1", "true" -> "write true, without quotes: other words are text in YAML 1.2";
            case "no", "off", "n", "0", "false" -> "write false, without quotes: other words are text in YAML 1.2";
            default -> "write true or false";
        };
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "\"" + text.replace("\"", "\\\"") + "\"";
    }

    /** What to do about characters that look like others, as office programs and web pages write them. */
    static Optional<String> lookalike(String text) {
        if (text.matches("(?s).*[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff].*")) {
            return Optional.of("a space in it is none of the keyboard's: delete the spaces and type them again");
        }
        return text.matches("(?s).*[\u2018-\u201f\u00ab\u00bb].*")
                ? Optional.of("its quotes are curly: write plain ones, \" or '")
                : Optional.empty();
    }

    static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }
}
