package io.imaas.adapter.git;

import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.transport.FilterSpec;

/** How much of a repository a mirror holds. */
enum Coverage {
    /** The branches' newest commits with all their files: what is needed to write. */
    TIPS("tips", 1, ""),
    /** All commits without any file, where the server can leave files out: what is needed to ask "did it land?". */
    COMMITS("commits", Connection.FULL_DEPTH, "tree:0"),
    /** All commits with their files. */
    FULL("full", Connection.FULL_DEPTH, "");

    private final String folder;
    private final int depth;
    private final String filter;

    Coverage(String folder, int depth, String filter) {
        this.folder = folder;
        this.depth = depth;
        this.filter = filter;
    }

    String folder() {
        return folder + ".git";
    }

    /** For a branch that the mirror has not seen; what it has seen grows by what is new. */
    int depth() {
        return depth;
    }

    FilterSpec filter() throws PackProtocolException {
        return filter.isEmpty() ? FilterSpec.NO_FILTER : FilterSpec.fromFilterLine(filter);
    }
}
