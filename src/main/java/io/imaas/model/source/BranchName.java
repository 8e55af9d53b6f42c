package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.regex.Pattern;

/** A Git branch without {@code refs/heads/}. */
public record BranchName(String value) implements Serializable, Comparable<BranchName> {
    /** What git-check-ref-format(1) forbids. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|//|@\\{|^[-/.]|/\\.|[/.]$|\\.lock(/|$)|^@$|^$");

    public BranchName {
        if (FORBIDDEN.matcher(value).find()) {
            throw FailureException.input("'" + value + "' is not a branch name", "see git-check-ref-format(1)");
        }
    }

    /** The full reference name. */
    public String ref() {
        return "refs/heads/" + value;
    }

    @Override
    public int compareTo(BranchName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
