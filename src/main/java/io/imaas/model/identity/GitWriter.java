package io.imaas.model.identity;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody as Git names them: by their own word, unless a server or a signature proves it.
 *
 * @param mail empty where there is none
 */
public record GitWriter(String name, String mail) implements Serializable {
    private static final Pattern FORM = Pattern.compile("([^<]*+)<([^>]*+)>\\s*+");

    /** Addresses that forges give out, which hold the login: {@code 12345+ann@users.noreply.github.com}. */
    private static final Pattern OF_A_FORGE = Pattern.compile("(?:[0-9]+[+-])?([^@+]+)@(?:users\\.)?noreply\\.[^@]+");

    /** @param text such as {@code Ann Berger <ann@example.org>} */
    public static GitWriter of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? new GitWriter(form.group(1).strip(), form.group(2).strip())
                : new GitWriter(text.strip(), "");
    }

    @Override
    public String toString() {
        return name + " <" + mail + ">";
    }

    /** All that this person may be called elsewhere. */
    public List<String> names() {
        Matcher forge = OF_A_FORGE.matcher(mail);
        return Stream.of(name, mail, forge.matches() ? forge.group(1) : "")
                .filter(one -> !one.isBlank())
                .toList();
    }
}
