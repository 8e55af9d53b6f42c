package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever is done to a sound file, reading it gives a catalog or problems with places, and never crashes. */
class CorruptionTest {
    private static final int TRIES = Integer.getInteger("imaas.tries", 500);
    private static final String[] PIECES = {
        ":",
        ": ",
        "- ",
        "\n",
        "\t",
        "  ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "<<: *a",
        "!!int ",
        "!x ",
        "'",
        "\"",
        "|\n",
        ">",
        "#",
        " #",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "? ",
        "~",
        "null",
        "no",
        "010",
        "1e3",
        ".nan",
        "0x1F",
        "-1",
        "99999999999",
        "\0",
        "\uFEFF",
        "\uFFFD",
        "\u200B",
        "\uD800",
        "\u0085",
        "\u2028",
        "é",
        "😀",
        "@",
        "`",
        "name: x\n",
        "../",
        "ghp_abc",
        "\\"
    };

    @Test
    void aCorruptedFileGivesAnOkOrPlacedProblems() {
        for (long seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            Map<String, String> files = new TreeMap<>(new Acme().files());
            String path = files.keySet().toArray(String[]::new)[random.nextInt(files.size())];
            files.put(path, corrupt(files.get(path), random));
            check(seed, CatalogReader.read(files), files);
        }
    }

    @Test
    void aCorruptedServiceFileToo() {
        for (long seed = 0; seed < TRIES; seed++) {
            String text = corrupt(Acme.fixture("imaas.yaml"), new Random(seed));
            check(seed, ServiceFile.read("imaas.yaml", text), Map.of("imaas.yaml", text));
        }
    }

    private static String corrupt(String text, Random random) {
        StringBuilder corrupted = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(corrupted.length() + 1);
            int end = Math.min(corrupted.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> corrupted.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> corrupted.delete(at, end);
                case 2 -> corrupted.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                default -> corrupted.insert(at, corrupted.substring(at, end));
            }
        }
        return corrupted.toString();
    }

    private static void check(long seed, Read<?> read, Map<String, String> files) {
        read.problems().forEach(problem -> {
            assertThat(problem.what()).describedAs("seed %s", seed).isNotBlank();
            assertThat(files).containsKey(problem.where().file());
            String text = files.get(problem.where().file());
            assertThat(problem.where().line())
                    .describedAs("seed %s", seed)
                    .isBetween(0, text.split("\r\n|[\n\r\u0085\u2028\u2029]", -1).length);
        });
        if (read instanceof Read.Bad) {
            assertThat(read.problems()).anyMatch(problem -> problem.isError());
        } else {
            assertThat(read.orThrow()).isNotNull();
            assertThat(read.problems()).noneMatch(problem -> problem.isError());
        }
    }
}
