package io.imaas.adapter.yaml;

import io.imaas.model.failure.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names of nested keys. Written with dots; a dot that belongs to a name is {@code \.}, as in Helm's --set. */
record KeyPath(List<String> names) {
    private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");

    KeyPath {
        names = List.copyOf(names);
    }

    static KeyPath parse(String dotted) {
        List<String> names = DOT.splitAsStream(dotted).map(KeyPath::unescape).toList();
        if (names.isEmpty() || names.contains("") || dotted.endsWith(".")) {
            throw FailureException.input("'" + dotted + "' is not a path of a key", "for example image.digest");
        }
        return new KeyPath(names);
    }

    static String dotted(List<String> names) {
        List<String> escaped = new ArrayList<>();
        names.forEach(name -> escaped.add(name.replace(".", "\\.")));
        return String.join(".", escaped);
    }

    private static String unescape(String name) {
        return name.replace("\\.", ".");
    }

    boolean startsWith(List<String> prefix) {
        return names.size() >= prefix.size() && names.subList(0, prefix.size()).equals(prefix);
    }

    @Override
    public String toString() {
        return dotted(names);
    }
}
