package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.regex.Pattern;

/** Where a Git repository is. User names may stand in it, passwords and tokens may not: URLs end up in logs. */
public record RepositoryUrl(String value) implements Serializable {
    private static final Pattern WITH_PASSWORD = Pattern.compile("^[a-z+]+://[^/@]*:[^/@]*@.*");

    public RepositoryUrl {
        if (value.isBlank()) {
            throw FailureException.input(
                    "a repository needs a URL", "", "for example https://github.com/acme/orders.git");
        }
        if (WITH_PASSWORD.matcher(value).matches()) {
            throw FailureException.input(
                    "a repository URL holds a password",
                    value.replaceFirst("://[^@]*@", "://****@"),
                    "leave it out and give the credentials by name");
        }
    }

    /** The last path element without {@code .git}. */
    public String baseName() {
        String trimmed = value.replaceAll("/+$", "").replaceAll("\\.git$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':')) + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
