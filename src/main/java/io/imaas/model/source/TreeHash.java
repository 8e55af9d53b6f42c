package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.regex.Pattern;

/** The id of a Git tree: the content of a folder, whichever commits and merges led to it. */
public record TreeHash(String value) implements Serializable {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public TreeHash {
        if (!FORM.matcher(value).matches()) {
            throw FailureException.input("'" + value + "' is not a tree hash", "write all 40 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
