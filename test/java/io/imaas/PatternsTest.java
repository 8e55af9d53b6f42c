package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What strangers write goes through regular expressions: none of them may look at it more often than its length allows. */
class PatternsTest {
    /** Characters that the patterns speak of, alone and in twos. */
    private static final String SPOKEN_OF = "aZ0_.-/:,;@$#{}[]()<>\"'=*~ \t\n\\%+|&é";

    private static final int LENGTH = 40;

    /** Looks that such a text may cost: what grows with a higher power of its length, or doubles, is found by it. */
    private static final long MOST = 3L * LENGTH * LENGTH * LENGTH;

    /** A path or a line of this length is nothing unusual, and no reason to run out of stack. */
    private static final int LONG = 8_000;

    @Test
    void noTextOfStrangersKeepsAPatternBusy() throws Exception {
        List<String> busy = new ArrayList<>();
        for (Field field : patterns()) {
            Pattern pattern = (Pattern) field.get(null);
            for (String text : hostile()) {
                String trouble = trouble(pattern, text);
                if (!trouble.isEmpty()) {
                    busy.add(field.getDeclaringClass().getName() + "." + field.getName() + ": " + trouble + " on "
                            + text.substring(0, 12) + "…  " + pattern);
                    break;
                }
            }
        }
        assertThat(busy).isEmpty();
    }

    private static List<String> hostile() {
        Set<String> units = new LinkedHashSet<>();
        SPOKEN_OF.chars().mapToObj(Character::toString).forEach(units::add);
        for (int i = 0; i < SPOKEN_OF.length(); i++) {
            units.add("a" + SPOKEN_OF.charAt(i));
            units.add(SPOKEN_OF.charAt(i) + "0");
            units.add("${" + SPOKEN_OF.charAt(i));
        }
        return units.stream()
                .flatMap(unit -> Stream.concat(
                        Stream.of("", "a", "http://")
                                .map(begin -> begin + unit.repeat(LENGTH / unit.length()) + "\u0001"),
                        Stream.of(unit.repeat(LONG / unit.length()))))
                .toList();
    }

    private static String trouble(Pattern pattern, String text) {
        boolean isLong = text.length() > 2 * LENGTH;
        try {
            pattern.matcher(new Counted(text, isLong ? 30L * LONG : MOST)).matches();
            if (!isLong) {
                pattern.matcher(new Counted(text, MOST)).find();
            }
            return "";
        } catch (StackOverflowError deep) {
            return "too deep";
        } catch (TooMuch tired) {
            return isLong ? "" : "too long";
        }
    }

    private static List<Field> patterns() throws IOException {
        Path root = Path.of("target/classes");
        List<Field> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("io/imaas"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                try {
                    for (Field field : Class.forName(name, false, PatternsTest.class.getClassLoader())
                            .getDeclaredFields()) {
                        if (Modifier.isStatic(field.getModifiers()) && field.getType() == Pattern.class) {
                            field.setAccessible(true);
                            found.add(field);
                        }
                    }
                } catch (ClassNotFoundException | NoClassDefFoundError absent) {
                    throw new IOException(name, absent);
                }
            }
        }
        return found;
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A text that counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text, long most) {
            this.text = text;
            this.left = most;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooMuch();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
