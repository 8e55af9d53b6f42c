package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Alias;
import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import java.util.List;

/** Finds the place of one key in a file's first document and splices its value in. */
final class KeySetter {
    private final YamlText source;
    private final YamlDocuments documents;
    private final KeyPath path;
    private final String value;

    KeySetter(YamlText source, KeyPath path, String value) {
        this.source = source;
        this.documents = YamlDocuments.parse(source);
        this.path = path;
        this.value = value;
    }

    YamlText set() {
        Insertion insertion = new Insertion(source, documents);
        if (documents.roots().isEmpty()) {
            return insertion.atEnd(path.names(), value);
        }
        YamlNode root = documents.roots().get(0);
        requireUnshared(root);
        if (root instanceof Scalar nothing
                && nothing.isLeftOut()
                && nothing.anchor().isEmpty()) {
            return insertion.intoEmptyDocument(nothing, path.names(), value);
        }
        if (root instanceof Mapping mapping) {
            return descend(mapping, 0, insertion);
        }
        throw refuse(root, "the file is not a map of keys");
    }

    private YamlText descend(Mapping parent, int depth, Insertion insertion) {
        List<String> rest = path.names().subList(depth, path.names().size());
        String name = rest.get(0);
        List<Entry> found = parent.named(name);
        if (found.size() > 1) {
            throw refuse(found.get(1).key(), "the key '" + name + "' stands here twice");
        }
        if (found.isEmpty()) {
            requireAbsent(parent, name);
            return parent.flow() ? insertion.intoFlow(parent, rest, value) : insertion.afterLast(parent, rest, value);
        }
        YamlNode there = found.get(0).value();
        requireUnshared(there);
        if (rest.size() == 1) {
            return replace(there, parent.flow(), insertion);
        }
        if (there instanceof Mapping mapping) {
            return descend(mapping, depth + 1, insertion);
        }
        List<String> below = rest.subList(1, rest.size());
        if (there instanceof Scalar nothing
                && nothing.isNull()
                && nothing.anchor().isEmpty()) {
            return insertion.below(parent, nothing, below, value);
        }
        throw refuse(there, "'" + name + "' is not a map, so '" + KeyPath.dotted(below) + "' cannot be set in it");
    }

    private YamlText replace(YamlNode there, boolean inFlow, Insertion insertion) {
        if (!(there instanceof Scalar old)) {
            throw refuse(there, "'" + path + "' is a map or a list, where a single value is to be set");
        }
        if (old.isBlock()) {
            throw refuse(old, "'" + path + "' is a block of text, which cannot be set in one line");
        }
        boolean keepsMeaning =
                old.tag().isEmpty() || old.tag().equals("!") || old.tag().equals("tag:yaml.org,2002:str");
        if (!keepsMeaning) {
            throw refuse(old, "'" + path + "' has the tag " + old.tag());
        }
        if (old.value().equals(value) && isUnambiguous(old)) {
            return source;
        }
        if (old.isLeftOut()) {
            return insertion.valueOf(old, ScalarText.fresh(value, inFlow));
        }
        return source.splice(contentStart(old), old.end(), ScalarText.replacing(old, value, inFlow));
    }

    /** A version such as 1.10 without quotes is the number 1.1 to Helm: it gets its quotes. */
    private static boolean isUnambiguous(Scalar old) {
        return !old.isPlain()
                || !old.tag().isEmpty()
                || !PlainScalars.isAmbiguous(old.value())
                || PlainScalars.sameKind(old.value(), old.value());
    }

    /** Where the text itself begins, behind anchor and tag. */
    private int contentStart(Scalar node) {
        String text = source.text();
        int at = node.start();
        while (at < node.end() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < node.end() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < node.end() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    /** A node that aliases repeat elsewhere cannot change here alone. */
    private void requireUnshared(YamlNode node) {
        if (node instanceof Alias alias) {
            throw refuse(alias, "'" + path + "' goes through the alias *" + alias.target());
        }
        if (documents.isReferenced(node)) {
            throw refuse(node, "'" + path + "' is repeated elsewhere through the anchor &" + node.anchor());
        }
        boolean template = node instanceof Mapping mapping
                && mapping.flow()
                && source.text().startsWith("{{", mapping.start());
        if (template) {
            throw refuse(node, "this is a template, not YAML");
        }
    }

    /** The key may come from elsewhere: from a merge, or under an aliased name. */
    private void requireAbsent(Mapping parent, String name) {
        for (Entry entry : parent.entries()) {
            if (entry.isMerge() && new Values(documents).merged(entry.value()).containsKey(name)) {
                throw refuse(entry.key(), "'" + path + "' comes from the merge key << alone");
            }
            boolean sameByAlias = entry.key() instanceof Alias alias
                    && documents
                            .anchored(alias.target())
                            .filter(key -> key instanceof Scalar scalar
                                    && scalar.value().equals(name))
                            .isPresent();
            if (sameByAlias) {
                throw refuse(entry.key(), "the key '" + name + "' is an alias");
            }
        }
    }

    private RuntimeException refuse(YamlNode node, String what) {
        return source.refuse(
                node.start(), what, "write '" + path + "' there once by hand as a plain key with a plain value");
    }
}
