package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The branches that were asked about last, as many as a tenant has; others are forgotten. */
final class Followed {
    private static final int MOST = 32;

    private final Set<BranchName> branches = new LinkedHashSet<>();

    synchronized void add(Collection<BranchName> asked) {
        branches.removeAll(asked);
        branches.addAll(asked);
        branches.stream().limit(Math.max(0, branches.size() - MOST)).toList().forEach(branches::remove);
    }

    synchronized boolean contains(BranchName branch) {
        return branches.contains(branch);
    }

    /** These and the others. */
    synchronized Set<BranchName> with(Collection<BranchName> asked) {
        Set<BranchName> all = new HashSet<>(branches);
        all.addAll(asked);
        return all;
    }

    synchronized void clear() {
        branches.clear();
    }
}
