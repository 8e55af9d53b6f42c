package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import io.imaas.adapter.yaml.YamlNode.Sequence;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Splices new keys into a file, in the file's own line breaks, indentation and style. */
record Insertion(YamlText source, YamlDocuments documents) {
    private static final int USUAL_STEP = 2;

    /** Puts a value where there is none behind a colon. */
    YamlText valueOf(Scalar leftOut, String text) {
        int at = leftOut.end();
        return source.splice(at, at, endsWithColon(at) ? " " + text : ": " + text);
    }

    /** A file with comments at the most. */
    YamlText atEnd(List<String> names, String value) {
        return insertLines(source.length(), lines(0, names, value));
    }

    /** A document without content, such as one that only begins with {@code ---}. */
    YamlText intoEmptyDocument(Scalar nothing, List<String> names, String value) {
        int at = nothing.start();
        boolean ownLine = at == source.lineStart(at) && at > 0;
        return insertLines(ownLine ? at : nextLine(at), lines(0, names, value));
    }

    /** A new key at the end of a block map. */
    YamlText afterLast(Mapping parent, List<String> names, String value) {
        return insertLines(lineAfter(parent), lines(column(parent), names, value));
    }

    /** A new key at the end of a map in braces. */
    YamlText intoFlow(Mapping parent, List<String> names, String value) {
        boolean json = parent.entries().stream()
                .anyMatch(entry -> entry.key() instanceof Scalar key && key.style() == ScalarStyle.DOUBLE_QUOTED);
        String text = flowEntry(names, value, json);
        if (parent.entries().isEmpty()) {
            int at = source.text().indexOf('{', parent.start()) + 1;
            return source.splice(at, at, text);
        }
        Entry last = parent.entries().get(parent.entries().size() - 1);
        int at = Math.max(last.key().end(), last.value().end());
        return source.splice(at, at, ", " + text);
    }

    /** Makes a map of a key's missing value and puts the new key into it. */
    YamlText below(Mapping parent, Scalar nothing, List<String> names, String value) {
        if (!nothing.isLeftOut()) {
            return source.splice(nothing.start(), nothing.end(), "{" + flowEntry(names, value, false) + "}");
        }
        if (parent.flow()) {
            return valueOf(nothing, "{" + flowEntry(names, value, false) + "}");
        }
        return insertLines(nextLine(nothing.end()), lines(column(parent) + step(), names, value));
    }

    private YamlText insertLines(int at, List<String> lines) {
        String lineBreak = source.lineBreak();
        String text = String.join(lineBreak, lines);
        boolean unfinishedLine = at == source.length() && !source.endsWithBreak();
        // A file without a final line break stays one.
        return source.splice(at, at, unfinishedLine ? lineBreak + text : text + lineBreak);
    }

    private List<String> lines(int indentation, List<String> names, String value) {
        List<String> lines = new java.util.ArrayList<>();
        int step = step();
        for (int i = 0; i < names.size(); i++) {
            String key = " ".repeat(indentation + i * step) + ScalarText.fresh(names.get(i), false) + ":";
            lines.add(i < names.size() - 1 ? key : key + " " + ScalarText.fresh(value, false));
        }
        return lines;
    }

    private static String flowEntry(List<String> names, String value, boolean json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "" : "{")
                    .append(flowScalar(names.get(i), json))
                    .append(": ");
        }
        return text.append(flowScalar(value, json))
                .append("}".repeat(names.size() - 1))
                .toString();
    }

    private static String flowScalar(String text, boolean json) {
        return json ? ScalarText.quoted(text) : ScalarText.fresh(text, true);
    }

    /** The beginning of the line behind everything that belongs to a node. */
    private int lineAfter(YamlNode node) {
        if (node instanceof Mapping mapping && !mapping.flow()) {
            Entry last = mapping.entries().get(mapping.entries().size() - 1);
            return Math.max(lineAfter(last.key()), lineAfter(last.value()));
        }
        if (node instanceof Sequence list && !list.flow()) {
            return list.items().isEmpty()
                    ? nextLine(list.end())
                    : lineAfter(list.items().get(list.items().size() - 1));
        }
        return node instanceof Scalar scalar && scalar.isBlock() ? afterBlockText(scalar) : nextLine(node.end());
    }

    /** Blank lines behind a block of text belong to it only when its header says so. */
    private int afterBlockText(Scalar block) {
        int at = block.end();
        if (at == source.length() && !source.endsWithBreak()) {
            return at;
        }
        at = source.lineStart(at);
        String header = source.text().substring(block.start(), source.lineEnd(block.start()));
        while (!header.contains("+") && at > 0) {
            int above = source.lineStart(source.text().startsWith("\r\n", at - 2) ? at - 2 : at - 1);
            if (!source.text().substring(above, at).isBlank()) {
                break;
            }
            at = above;
        }
        return at;
    }

    private int nextLine(int offset) {
        return source.afterBreak(source.lineEnd(offset));
    }

    /** The column of a block map's keys, from 0. */
    private int column(Mapping mapping) {
        int first = mapping.entries().get(0).key().start();
        return source.text().codePointCount(source.lineStart(first), first);
    }

    /** How far this file indents a map in a map. */
    private int step() {
        for (YamlNode root : documents.roots()) {
            int step = step(root);
            if (step > 0) {
                return step;
            }
        }
        return USUAL_STEP;
    }

    private int step(YamlNode node) {
        if (node instanceof Mapping parent && !parent.flow()) {
            for (Entry entry : parent.entries()) {
                boolean nested = entry.value() instanceof Mapping child && !child.flow();
                int step = nested ? column((Mapping) entry.value()) - column(parent) : step(entry.value());
                if (step > 0) {
                    return step;
                }
            }
        }
        return 0;
    }

    private boolean endsWithColon(int offset) {
        int at = offset;
        while (at > 0 && (source.text().charAt(at - 1) == ' ' || source.text().charAt(at - 1) == '\t')) {
            at--;
        }
        return at > 0 && source.text().charAt(at - 1) == ':';
    }
}
