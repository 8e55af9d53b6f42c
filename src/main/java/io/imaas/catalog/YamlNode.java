package io.imaas.catalog;

import io.imaas.model.failure.Location;
import java.util.List;
import java.util.Optional;

/** A node of a YAML file that knows where it stands. */
sealed interface YamlNode {
    Location where();

    /** How many nodes this one is with every alias unfolded. */
    int size();

    /** What a scalar is under YAML 1.2's core schema. */
    enum Kind {
        TEXT,
        WHOLE,
        FRACTION,
        TRUTH,
        NOTHING
    }

    /**
     * @param text as it is written, quotes and escapes undone
     * @param plain whether it stands without quotes
     */
    record Scalar(Location where, String text, Kind kind, boolean plain) implements YamlNode {
        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(Location where, List<YamlNode> items, int size) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values in their order; merge keys are resolved, of a doubled key the first is kept. */
    record Mapping(Location where, List<Entry> entries, int size) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }
    }

    /** @param where the key's place */
    record Entry(Location where, String key, YamlNode value) {}
}
