package io.imaas.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Over random files: an independent reader sees only the wanted difference, and only the wanted bytes differ. */
class ByteExactProperties {
    private final ByteExactValuesEditor editor = new ByteExactValuesEditor();

    @Property(tries = 1500)
    void replacingAValueTouchesNothingElse(
            @ForAll long seed, @ForAll @IntRange(max = 999) int pick, @ForAll("values") String value) {
        YamlFiles file = YamlFiles.random(seed);
        if (!file.leaves.isEmpty()) {
            String path = file.leaves.get(pick % file.leaves.size());
            check(file.text(), path, value, false);
        }
    }

    @Property(tries = 1500)
    void addingAKeyOnlyAddsBytes(
            @ForAll long seed, @ForAll @IntRange(max = 999) int pick, @ForAll("values") String value) {
        YamlFiles file = YamlFiles.random(seed);
        String parent = file.maps.get(pick % file.maps.size());
        String path = (parent.isEmpty() ? "" : parent + ".") + (pick % 2 == 0 ? "fresh" : "fresh.below");
        check(file.text(), path, value, true);
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> usual = Arbitraries.of(
                "sha256:" + "0a".repeat(32),
                "v1.2.3",
                "1.10",
                "true",
                "",
                "~",
                "0123",
                "it's \"q\"",
                "a: b # c",
                "𝄞",
                "{{x}}",
                "- a",
                "12:30",
                "a\nb\tc",
                "\u0085\u2028\ufeff",
                "registry.example.org:5000/a/b");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12).filter(text -> text.codePoints()
                .noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
        return Arbitraries.oneOf(usual, any);
    }

    private void check(String before, String path, String value, boolean adds) {
        String after = set(before, path, value);

        int prefix = commonPrefix(before, after);
        int suffix = commonSuffix(before, after, prefix);
        String removed = before.substring(prefix, before.length() - suffix);
        String added = after.substring(prefix, after.length() - suffix);
        if (adds) {
            assertThat(removed).as("removed from %s", before).isEmpty();
        }
        assertThat(removed).as("removed from %s", before).doesNotContain("\n", "\r", " #");
        if (!adds) {
            assertThat(added).doesNotContain("\n");
        }
        List<Object> expected = load(before);
        put(expected, path, value);
        assertThat(load(after)).as("%s\n=>\n%s", before, after).isEqualTo(expected);
        assertThat(set(after, path, value)).isEqualTo(after);
        assertThat(read(after)).containsEntry(path, value);
    }

    private static Map<String, String> read(String yaml) {
        return new Values(YamlDocuments.parse(YamlText.of("f.yaml", yaml))).flatten();
    }

    private String set(String before, String path, String value) {
        byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
        byte[] after = editor.set("f.yaml", Map.of(path, value))
                .apply(Optional.of(bytes))
                .orElseThrow();
        return new String(after, StandardCharsets.UTF_8);
    }

    /** Another part of the library than the one under test uses, and with meanings instead of places. */
    private static List<Object> load(String yaml) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml.replace("\ufeff", ""))
                .forEach(documents::add);
        return documents;
    }

    @SuppressWarnings("unchecked") // YAML maps have keys of any type
    private static void put(List<Object> documents, String path, String value) {
        Map<Object, Object> at = (Map<Object, Object>) documents.get(0);
        List<String> names = KeyPath.parse(path).names();
        for (String name : names.subList(0, names.size() - 1)) {
            at = (Map<Object, Object>) at.computeIfAbsent(name, missing -> new LinkedHashMap<>());
        }
        String last = names.get(names.size() - 1);
        at.merge(last, value, (old, fresh) -> kept(old, value));
        at.putIfAbsent(last, value);
    }

    /** A number stays a number when the new value is one, and truth stays truth. */
    private static Object kept(Object old, String value) {
        if (old instanceof Integer && PlainScalars.sameKind("1", value)) {
            return new Load(LoadSettings.builder().build()).loadFromString(value);
        }
        return old instanceof Boolean && PlainScalars.sameKind("true", value) ? Boolean.valueOf(value) : value;
    }

    private static int commonPrefix(String one, String other) {
        int i = 0;
        while (i < Math.min(one.length(), other.length()) && one.charAt(i) == other.charAt(i)) {
            i++;
        }
        return i;
    }

    private static int commonSuffix(String one, String other, int prefix) {
        int i = 0;
        while (i < Math.min(one.length(), other.length()) - prefix
                && one.charAt(one.length() - 1 - i) == other.charAt(other.length() - 1 - i)) {
            i++;
        }
        return i;
    }
}
