package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Alias;
import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import io.imaas.adapter.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Proves that two files mean the same but for the values of certain keys. */
final class Sameness {
    private final Set<KeyPath> targets;

    Sameness(Set<KeyPath> targets) {
        this.targets = Set.copyOf(targets);
    }

    boolean holds(YamlDocuments before, YamlDocuments after) {
        List<YamlNode> old = before.roots();
        List<YamlNode> now = after.roots();
        if (old.isEmpty()) {
            return now.size() == 1 && isNew(now.get(0), List.of());
        }
        if (old.size() != now.size() || !same(old.get(0), now.get(0), new ArrayList<>(), true)) {
            return false;
        }
        for (int i = 1; i < old.size(); i++) {
            if (!same(old.get(i), now.get(i), new ArrayList<>(), false)) {
                return false;
            }
        }
        return true;
    }

    /** @param free whether targets can lie here: not below a list, nor in a later document */
    private boolean same(YamlNode old, YamlNode now, List<String> path, boolean free) {
        if (!old.anchor().equals(now.anchor()) || !old.tag().equals(now.tag())) {
            return false;
        }
        if (free && targets.contains(new KeyPath(path))) {
            return old instanceof Scalar && now instanceof Scalar;
        }
        if (old instanceof Scalar one) {
            boolean filled = free && one.isNull() && now instanceof Mapping && isNew(now, path);
            return filled
                    || (now instanceof Scalar other
                            && one.value().equals(other.value())
                            && one.style() == other.style());
        }
        if (old instanceof Alias one) {
            return now instanceof Alias other && one.target().equals(other.target());
        }
        if (old instanceof Sequence one) {
            return now instanceof Sequence other && sameItems(one.items(), other.items());
        }
        return now instanceof Mapping other && sameEntries(((Mapping) old).entries(), other.entries(), path, free);
    }

    private boolean sameItems(List<YamlNode> old, List<YamlNode> now) {
        if (old.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            if (!same(old.get(i), now.get(i), new ArrayList<>(), false)) {
                return false;
            }
        }
        return true;
    }

    /** New keys come behind all old ones. */
    private boolean sameEntries(List<Entry> old, List<Entry> now, List<String> path, boolean free) {
        if (now.size() < old.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            Entry entry = now.get(i);
            List<String> here = new ArrayList<>(path);
            here.add(entry.key() instanceof Scalar key ? key.value() : "");
            boolean freeHere = free && entry.key() instanceof Scalar;
            boolean fine = i < old.size()
                    ? same(old.get(i).key(), entry.key(), List.of(), false)
                            && same(old.get(i).value(), entry.value(), here, freeHere)
                    : freeHere && isNew(entry.value(), here);
            if (!fine) {
                return false;
            }
        }
        return true;
    }

    /** Whether a node holds nothing but targets. */
    private boolean isNew(YamlNode node, List<String> path) {
        if (node instanceof Mapping mapping) {
            return !mapping.entries().isEmpty()
                    && mapping.entries().stream().allMatch(entry -> {
                        List<String> here = new ArrayList<>(path);
                        here.add(entry.key() instanceof Scalar key ? key.value() : "");
                        return isNew(entry.value(), here);
                    });
        }
        return node instanceof Scalar && targets.contains(new KeyPath(path));
    }
}
