package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Scalar;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Writes a value as one-line YAML, in the style of what stood there before where that is sound. */
final class ScalarText {
    private ScalarText() {}

    static String replacing(Scalar old, String value, boolean inFlow) {
        if (old.style() == ScalarStyle.SINGLE_QUOTED && isPrintable(value)) {
            return "'" + value.replace("'", "''") + "'";
        }
        if (old.style() == ScalarStyle.DOUBLE_QUOTED) {
            return quoted(value);
        }
        boolean keepsKind = old.tag().isEmpty() && PlainScalars.sameKind(old.value(), value);
        return keepsKind ? value : fresh(value, inFlow);
    }

    /** A new string: plain where that is safe. */
    static String fresh(String value, boolean inFlow) {
        return PlainScalars.isSafeString(value, inFlow) ? value : quoted(value);
    }

    static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (isPrintable(c)) {
                        text.appendCodePoint(c);
                    } else {
                        text.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
                    }
                }
            }
        });
        return text.append('"').toString();
    }

    private static boolean isPrintable(String value) {
        return value.codePoints().allMatch(ScalarText::isPrintable);
    }

    /** YAML 1.2, rule c-printable, without line breaks of any version and without the byte order mark. */
    private static boolean isPrintable(int c) {
        return (c >= 0x20 && c < 0x7f)
                || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
                || c >= 0x10000;
    }
}
