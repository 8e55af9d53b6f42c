package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.verify.CarArchive.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The artifacts of a CAR that no source was found for yet, by type and name. */
final class Unexplained {
    private final Map<String, Map<String, List<Entry>>> byType = new TreeMap<>();

    Unexplained(List<Entry> entries) {
        entries.forEach(entry -> byType.computeIfAbsent(entry.type(), t -> new TreeMap<>())
                .computeIfAbsent(entry.name(), n -> new ArrayList<>())
                .add(entry));
    }

    /** Those of a type and name, which are explained now. */
    List<Entry> take(String type, String name) {
        List<Entry> taken = byType.getOrDefault(type, new TreeMap<>()).remove(name);
        return taken == null ? List.of() : taken;
    }

    /** Those of a name, of whatever type, which are explained now. */
    List<Entry> take(String name) {
        return byType.keySet().stream()
                .flatMap(type -> take(type, name).stream())
                .toList();
    }

    /** Those of a type that are wanted, which are explained now. */
    List<Entry> take(String type, Predicate<Entry> wanted) {
        List<Entry> taken = new ArrayList<>();
        byType.getOrDefault(type, Map.of())
                .values()
                .forEach(entries -> entries.removeIf(entry -> {
                    if (wanted.test(entry)) {
                        taken.add(entry);
                    }
                    return wanted.test(entry);
                }));
        return taken;
    }

    List<Entry> all() {
        return byType.values().stream()
                .flatMap(names -> names.values().stream())
                .flatMap(List::stream)
                .toList();
    }
}
