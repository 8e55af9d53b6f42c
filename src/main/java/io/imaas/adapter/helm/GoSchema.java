package io.imaas.adapter.helm;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Values without quotes as Go's YAML reads them, with which Helm, Argo CD and kubectl read: {@code 0644} is octal and
 * {@code on} is true, as in YAML 1.1; {@code 1:30} and {@code 2001-01-01} are texts, as in YAML 1.2.
 */
final class GoSchema extends CoreSchema {
    private static final Pattern TRUE = Pattern.compile("y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("n|N|no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final String BETWEEN_DIGITS = "(?<=[0-9])_(?=[0-9])";
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)");
    private static final Pattern FRACTION = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    @Override
    public ScalarResolver getScalarResolver() {
        ScalarResolver others = super.getScalarResolver();
        return (text, plain) -> {
            if (plain && (is(TRUE, text) || is(FALSE, text))) {
                return Tag.BOOL;
            }
            Number number = plain ? number(text) : null;
            if (number != null) {
                return number instanceof Double ? Tag.FLOAT : Tag.INT;
            }
            Tag other = others.resolve(text, plain);
            return other.equals(Tag.INT) ? Tag.STR : other;
        };
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Map<Tag, ConstructNode> makers = new HashMap<>(super.getSchemaTagConstructors());
        makers.put(Tag.NULL, of(text -> {
            required(is(NULL, text) ? text : null, text);
            return null;
        }));
        makers.put(
                Tag.BOOL, of(text -> required(is(TRUE, text) ? TRUE : is(FALSE, text) ? FALSE : null, text) == TRUE));
        makers.put(Tag.INT, of(text -> required(number(text) instanceof Double ? null : number(text), text)));
        makers.put(Tag.FLOAT, of(text -> required(number(text), text).doubleValue()));
        return makers;
    }

    private static ConstructNode of(Function<String, Object> maker) {
        return node -> {
            if (node == null) {
                // An empty document is asked for as one of no tag at all.
                return null;
            }
            // Go does not look at the tag of a list or a mapping.
            if (!(node instanceof ScalarNode scalar)) {
                throw new YamlEngineException("a list or a mapping is not what its tag says");
            }
            return maker.apply(scalar.getValue());
        };
    }

    private static boolean is(Pattern form, String text) {
        return form.matcher(text).matches();
    }

    private static <T> T required(T value, String text) {
        if (value == null) {
            throw new YamlEngineException("'" + text + "' is not what its tag says");
        }
        return value;
    }

    /** The number that it is without quotes; null where it is a text. Underscores count nowhere, behind a point only between digits. */
    private static Number number(String text) {
        String digits = text.startsWith("_") ? text : text.replaceAll(text.startsWith(".") ? BETWEEN_DIGITS : "_", "");
        if (is(WHOLE, digits)) {
            boolean signed = digits.startsWith("-") || digits.startsWith("+");
            String unsigned = signed ? digits.substring(1) : digits;
            int base = unsigned.matches("0[xX].+")
                    ? 16
                    : unsigned.matches("0[bB].+") ? 2 : unsigned.matches("0.+") ? 8 : 10;
            BigInteger size = new BigInteger(unsigned.replaceFirst("^0[xXbBoO]", ""), base);
            BigInteger number = digits.startsWith("-") ? size.negate() : size;
            if (number.bitLength() < Long.SIZE) {
                return shortest(number);
            }
            if (!signed && number.bitLength() == Long.SIZE) {
                return number.doubleValue();
            }
        }
        return is(FRACTION, digits) ? Double.valueOf(digits) : null;
    }

    /** As the reader itself chooses among whole numbers. */
    static Number shortest(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
