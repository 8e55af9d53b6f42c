package io.imaas.adapter.helm;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Writes values so that every YAML reader understands them alike: {@code yes}, {@code 0o7} or {@code 1:30} are texts to one
 * version of YAML and something else to another, and what was reviewed must be what the cluster reads.
 */
final class PlainYaml {
    /** Texts that are texts to every reader. */
    private static final Pattern SURE = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .setSplitLines(false)
            .setDereferenceAliases(true)
            // Some characters beyond ASCII end a line for one version of YAML and not for the other.
            .setUseUnicodeEncoding(false)
            .build();

    private PlainYaml() {}

    /** One document in block style, without markers. */
    static String of(Object value) {
        return new Dump(SETTINGS, new Texts()).dumpToString(value);
    }

    private static final class Texts extends StandardRepresenter {
        private Texts() {
            super(SETTINGS);
            representers.put(String.class, text -> scalar((String) text));
        }

        private Node scalar(String text) {
            ScalarStyle style = text.contains("\n")
                    ? ScalarStyle.LITERAL
                    : sure(text) ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
            return representScalar(Tag.STR, text, style);
        }

        private static boolean sure(String text) {
            return SURE.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        }
    }
}
