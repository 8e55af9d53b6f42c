package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** New commits for one branch, one on top of the other, that go out in one push. */
final class Chain {
    private final BranchName branch;
    private final ObjectId base;
    private final List<Link> links = new ArrayList<>();
    private final Map<String, ObjectId> keys = new HashMap<>();
    private ObjectId tip;

    /**
     * One change of an intent in a commit of this chain.
     *
     * @param change which of the intent's changes
     * @param created false for a change that an earlier commit of the chain holds already
     */
    record Link(Intent intent, int change, ObjectId commit, boolean created) {
        String key() {
            return intent.changes().get(change).key();
        }
    }

    /** @param base the branch's tip; null: there is no such branch yet */
    Chain(BranchName branch, ObjectId base) {
        this.branch = branch;
        this.base = base;
        this.tip = base;
    }

    BranchName branch() {
        return branch;
    }

    ObjectId base() {
        return base;
    }

    ObjectId tip() {
        return tip;
    }

    List<Link> links() {
        return links;
    }

    List<Intent> intents() {
        return links.stream().map(Link::intent).distinct().toList();
    }

    /** The commit of this chain with that key, or null. */
    ObjectId withKey(String key) {
        return keys.get(key);
    }

    boolean hasCommits() {
        return tip != null && !tip.equals(base);
    }

    /** The change has landed when the chain has. */
    void append(Link link) {
        links.add(link);
        if (link.created()) {
            tip = link.commit();
            if (!link.key().isEmpty()) {
                keys.put(link.key(), link.commit());
            }
        }
    }
}
