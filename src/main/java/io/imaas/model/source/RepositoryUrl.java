package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a Git repository is. User names may stand in it, passwords and tokens may not: URLs end up in logs. */
public record RepositoryUrl(String value) implements Serializable {
    private static final Pattern WITH_PASSWORD = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://[^/@]*:[^/@]*@.*");

    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)(?:(?!git@)[^/@]*@)?([^?#]*)(?:[?#].*)?", Pattern.DOTALL);

    /** Far beyond any server's limit; patterns take long over long texts. */
    private static final int LONGEST = 2_000;

    public RepositoryUrl {
        if (value.isBlank() || value.length() > LONGEST) {
            throw FailureException.input(
                    "a repository needs a URL" + (value.isBlank() ? "" : " of no more than 2,000 characters"),
                    "for example https://github.com/acme/orders.git");
        }
        if (WITH_PASSWORD.matcher(value).matches()) {
            throw FailureException.input(
                    "a repository URL holds a password",
                    value.replaceFirst("://[^@]*@", "://****@"),
                    "leave it out and give the credentials by name");
        }
    }

    /** Whether a text can be one: whoever asks about anybody's text wants no exception. */
    static boolean mayBe(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && !WITH_PASSWORD.matcher(text).matches();
    }

    /** The last path element without {@code .git}. */
    public String baseName() {
        String trimmed = value.replaceAll("/+$", "").replaceAll("\\.git$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':')) + 1);
    }

    /** For people and logs: without a user other than {@code git}, and without anything behind the path. */
    @Override
    public String toString() {
        Matcher url = URL.matcher(value);
        return url.matches() ? url.group(1) + url.group(2) : value;
    }
}
