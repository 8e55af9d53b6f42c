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
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[0-9][0-9_]*)");
    private static final Pattern FRACTION =
            Pattern.compile("[-+]?(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?");

    @Override
    public ScalarResolver getScalarResolver() {
        ScalarResolver others = super.getScalarResolver();
        return (text, plain) -> {
            if (plain && (TRUE.matcher(text).matches() || FALSE.matcher(text).matches())) {
                return Tag.BOOL;
            }
            if (plain && WHOLE.matcher(text).matches()) {
                return Tag.INT;
            }
            return plain && FRACTION.matcher(text).matches() ? Tag.FLOAT : others.resolve(text, plain);
        };
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Map<Tag, ConstructNode> makers = new HashMap<>(super.getSchemaTagConstructors());
        makers.put(Tag.BOOL, of(text -> is(TRUE, text) || !required(FALSE, text).equals(text)));
        makers.put(Tag.INT, of(text -> whole(required(WHOLE, text).replace("_", ""))));
        makers.put(Tag.FLOAT, of(text -> Double.valueOf(required(FRACTION, text).replace("_", ""))));
        return makers;
    }

    private static ConstructNode of(Function<String, Object> maker) {
        return node -> maker.apply(((ScalarNode) node).getValue());
    }

    private static boolean is(Pattern form, String text) {
        return form.matcher(text).matches();
    }

    private static String required(Pattern form, String text) {
        if (!is(form, text)) {
            throw new YamlEngineException("'" + text + "' is not what its tag says");
        }
        return text;
    }

    private static Number whole(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        int base = 10;
        if (digits.matches("0[xX].+")) {
            base = 16;
        } else if (digits.matches("0[bB].+")) {
            base = 2;
        } else if (digits.matches("0[oO]?[0-7]+")) {
            base = 8;
        }
        BigInteger number = new BigInteger(digits.replaceFirst("^0[xXbBoO]", ""), base);
        return shortest(text.startsWith("-") ? number.negate() : number);
    }

    /** As the reader itself chooses among whole numbers. */
    static Number shortest(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
