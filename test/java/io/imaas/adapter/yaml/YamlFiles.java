package io.imaas.adapter.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random YAML as people do: mixed styles, comments, indentation, line breaks. */
final class YamlFiles {
    private static final List<String> WORDS = List.of(
            "image",
            "tag",
            "digest",
            "größe",
            "a-b",
            "x.y",
            "𝄞",
            "replicas",
            "env",
            "\"q k\"",
            "'s'",
            "version",
            "n1");
    private static final List<String> VALUES = List.of(
            "v1",
            "'it''s'",
            "\"a\\tb\"",
            "sha256:0f0f",
            "1.10",
            "42",
            "true",
            "~",
            "",
            "größe 𝄞",
            "a  b",
            "!!str 7",
            "\"{{ .x }}\"",
            "http://h:80/p#x",
            "&anchor%d text",
            "- x".replace("- ", "-"));

    private final Random random;
    private final String lineBreak;
    private final int step;
    private final StringBuilder text = new StringBuilder();
    /** Paths of all keys with a single value, and of all maps. */
    final List<String> leaves = new ArrayList<>();

    final List<String> maps = new ArrayList<>();
    private int anchors;

    private YamlFiles(long seed) {
        this.random = new Random(seed);
        this.lineBreak = random.nextInt(3) == 0 ? "\r\n" : "\n";
        this.step = 1 + random.nextInt(6);
    }

    static YamlFiles random(long seed) {
        YamlFiles file = new YamlFiles(seed);
        file.write();
        return file;
    }

    String text() {
        return text.toString();
    }

    private void write() {
        if (chance(8)) {
            text.append('\ufeff');
        }
        noise(0);
        if (chance(4)) {
            text.append("---").append(chance(2) ? "  # begin" : "").append(lineBreak);
        }
        if (chance(8)) {
            text.append(flow("", 0)).append(trailing()).append(lineBreak);
        } else {
            map("", chance(8) ? 2 : 0, 0);
        }
        if (chance(4)) {
            text.append("---").append(lineBreak).append("image: {tag: other}").append(lineBreak);
        }
        noise(0);
        if (chance(3)) {
            while (text.length() > 0 && Character.isWhitespace(text.charAt(text.length() - 1))) {
                text.setLength(text.length() - 1);
            }
        }
    }

    private void map(String path, int indentation, int depth) {
        maps.add(path);
        List<String> names = names(1 + random.nextInt(4));
        for (String name : names) {
            noise(indentation);
            text.append(" ".repeat(indentation)).append(name).append(chance(6) ? " :" : ":");
            value(join(path, name), indentation, depth);
        }
    }

    private void value(String path, int indentation, int depth) {
        switch (random.nextInt(depth < 3 ? 8 : 4)) {
            case 0, 1, 2, 3 -> {
                leaves.add(path);
                text.append(space()).append(scalar()).append(trailing()).append(lineBreak);
            }
            case 4 ->
                text.append(space())
                        .append(flow(path, depth))
                        .append(trailing())
                        .append(lineBreak);
            case 5 -> {
                text.append(" |").append(chance(2) ? "" : chance(2) ? "+" : "-").append(lineBreak);
                text.append(" ".repeat(indentation + step))
                        .append("image: not a key")
                        .append(lineBreak);
                text.append(chance(2) ? "" : lineBreak);
            }
            case 6 -> {
                text.append(trailing()).append(lineBreak);
                int at = indentation + (chance(2) ? 0 : step);
                text.append(" ".repeat(at)).append("- one").append(trailing()).append(lineBreak);
                text.append(" ".repeat(at)).append("- two: 2").append(lineBreak);
            }
            default -> {
                text.append(trailing()).append(lineBreak);
                map(path, indentation + step, depth + 1);
            }
        }
    }

    private String flow(String path, int depth) {
        maps.add(path);
        StringBuilder flow = new StringBuilder("{");
        List<String> names = names(random.nextInt(3));
        for (int i = 0; i < names.size(); i++) {
            String here = join(path, names.get(i));
            flow.append(i == 0 ? "" : ",").append(space()).append(names.get(i)).append(": ");
            if (depth < 3 && chance(4)) {
                flow.append(flow(here, depth + 1));
            } else {
                leaves.add(here);
                flow.append(chance(2) ? "'a, b'" : "plain");
            }
        }
        return flow.append(names.isEmpty() || chance(2) ? "" : ",")
                .append(chance(3) ? " }" : "}")
                .toString();
    }

    private String scalar() {
        String value = VALUES.get(random.nextInt(VALUES.size()));
        return value.contains("%d") ? value.formatted(anchors++) : value;
    }

    private String space() {
        return chance(5) ? "   " : chance(8) ? " \t" : " ";
    }

    private String trailing() {
        return chance(3) ? " # größe: 𝄞 {" : chance(8) ? "  " : "";
    }

    private void noise(int indentation) {
        if (chance(5)) {
            text.append(" ".repeat(chance(2) ? indentation : 0))
                    .append("# tag: comment")
                    .append(lineBreak);
        }
        if (chance(8)) {
            text.append(chance(2) ? "" : "  ").append(lineBreak);
        }
    }

    private List<String> names(int count) {
        List<String> names = new ArrayList<>(WORDS);
        java.util.Collections.shuffle(names, random);
        return names.subList(0, count);
    }

    private static String join(String path, String name) {
        String plain = name.replaceAll("^['\"]|['\"]$", "").replace(".", "\\.");
        return path.isEmpty() ? plain : path + "." + plain;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
