package io.imaas.model.identity;

import java.text.Normalizer;
import java.util.Locale;

/** One person's name, however it is written: {@code @Ann}, {@code ann} and {@code ANN } are one person. */
public final class PersonName {
    private PersonName() {}

    /** Lower case, without the at sign, with single spaces and none around it, and other forms of the same characters. */
    public static String plain(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
        return plain.startsWith("@") ? plain.substring(1).strip() : plain;
    }

    public static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    /**
     * Whether whoever bears one name may do what is granted to the other one. Somebody may have chosen theirs so that it looks
     * the same: spaces and case do not matter, and everything else does.
     */
    public static boolean surely(String name, String granted) {
        return same(name, granted) && (name.equals(granted) || !(deceptive(name) || deceptive(granted)));
    }

    /**
     * Whether one account may be written both ways: directories take a login with its domain and without, and mail servers take
     * dots and what follows a plus for nothing.
     */
    public static boolean mayBeOne(String one, String other) {
        return login(one).equals(login(other));
    }

    private static String login(String name) {
        return plain(name)
                .replaceFirst("^.*\\\\", "")
                .replaceFirst("[@+].*$", "")
                .replace(".", "");
    }

    /** Whether it may look like another name: letters of other scripts do, and characters that nobody sees. */
    public static boolean deceptive(String name) {
        return name.chars().anyMatch(character -> character < ' ' || character > '~');
    }
}
