package io.imaas.adapter.yaml;

import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A node with its place in the text. A node's start is that of its anchor or tag, if it has one. */
sealed interface YamlNode {
    int start();

    int end();

    /** Empty when there is none. */
    String anchor();

    /** The explicit tag, empty when there is none. */
    String tag();

    /** A text; {@code end == start} for a value that is left out. */
    record Scalar(int start, int end, String anchor, String tag, ScalarStyle style, String value) implements YamlNode {
        boolean isPlain() {
            return style == ScalarStyle.PLAIN;
        }

        boolean isBlock() {
            return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        }

        boolean isNull() {
            return isPlain() && tag.isEmpty() && PlainScalars.isNull(value);
        }

        boolean isLeftOut() {
            return isPlain() && value.isEmpty();
        }
    }

    /** A reference to an anchored node. */
    record Alias(int start, int end, String target) implements YamlNode {
        @Override
        public String anchor() {
            return "";
        }

        @Override
        public String tag() {
            return "";
        }
    }

    record Sequence(int start, int end, String anchor, String tag, boolean flow, List<YamlNode> items)
            implements YamlNode {}

    record Mapping(int start, int end, String anchor, String tag, boolean flow, List<Entry> entries)
            implements YamlNode {
        /** All entries whose key is this very text. */
        List<Entry> named(String name) {
            return entries.stream()
                    .filter(entry ->
                            entry.key() instanceof Scalar key && key.value().equals(name))
                    .toList();
        }
    }

    record Entry(YamlNode key, YamlNode value) {
        boolean isMerge() {
            return key instanceof Scalar name && name.isPlain() && name.value().equals("<<");
        }
    }
}
