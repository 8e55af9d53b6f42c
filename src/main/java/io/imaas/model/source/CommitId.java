package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.regex.Pattern;

/** The full id of a Git commit: 40 hexadecimal digits. */
public record CommitId(String value) implements Serializable {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (!FORM.matcher(value).matches()) {
            throw FailureException.input("'" + value + "' is not a commit id", "write all 40 hexadecimal digits");
        }
    }

    /** The first ten digits: for people, never for machines. */
    public String abbreviated() {
        return value.substring(0, 10);
    }

    @Override
    public String toString() {
        return value;
    }
}
