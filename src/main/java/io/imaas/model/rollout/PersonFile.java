package io.imaas.model.rollout;

import io.imaas.model.identity.PersonName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of a person's file: the person's name where it is a file's name as well, and its bytes otherwise. */
final class PersonFile {
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,60}");

    private PersonFile() {}

    static String of(String person) {
        // Who only looks like somebody has a file of their own.
        String plain = PersonName.deceptive(person) ? person : PersonName.plain(person);
        String stem = PLAIN.matcher(plain).matches()
                ? plain
                : "_" + HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8));
        return stem + ".json";
    }

    /** One for each time that the person says something. */
    static String of(String person, Instant at) {
        String name = of(person);
        return name.substring(0, name.length() - ".json".length()) + "-" + at.getEpochSecond() + ".json";
    }
}
