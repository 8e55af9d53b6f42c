package io.imaas.adapter.git;

import java.util.regex.Pattern;

/** What servers say when they refuse a reference. The words decide how long it is tried, and nothing else. */
final class Refusals {
    /** Of Git itself, GitHub, GitLab, Gitea and Bitbucket. */
    private static final Pattern MEANT = Pattern.compile(
            "hook declined|protected branch|rule violations|permission|not allowed|denied|prohibited|forbidden"
                    + "|checked out|staged changes|hidden ref",
            Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    /**
     * Whether somebody's rule speaks against the change. A hook may fail for a moment as well, so this too is tried a few
     * times. Everything else, such as {@code cannot lock ref}, is the server's own trouble.
     *
     * @param reason the server's word on one reference
     */
    static boolean isMeant(String reason) {
        return MEANT.matcher(reason).find();
    }
}
