package io.imaas.adapter.argocd.sim;

import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A GitOps branch: commits in a line, each wanting one image of each service. */
public final class SimulatedGit {
    private final List<CommitId> line = new ArrayList<>();
    private final Map<CommitId, Map<String, Digest>> trees = new HashMap<>();
    private int made;

    /** A commit on top of the branch that sets a service's image; null removes the service. */
    public CommitId commit(String service, Digest digest) {
        Map<String, Digest> tree = new HashMap<>(line.isEmpty() ? Map.of() : trees.get(head()));
        if (digest == null) {
            tree.remove(service);
        } else {
            tree.put(service, digest);
        }
        CommitId commit = new CommitId(String.format("%040x", 0xC0FFEE_0000L + made++));
        line.add(commit);
        trees.put(commit, tree);
        return commit;
    }

    public static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", 0xD16E57_0000L + number));
    }

    public CommitId head() {
        return line.get(line.size() - 1);
    }

    /** What a cache that is a few commits behind would say. */
    public CommitId behind(int commits) {
        return line.get(Math.max(0, line.size() - 1 - commits));
    }

    public Digest digest(String revision, String service) {
        return trees.get(new CommitId(revision)).get(service);
    }

    public boolean exists(String revision) {
        return revision.length() == 40 && trees.containsKey(new CommitId(revision));
    }

    public boolean contains(String descendant, String ancestor) {
        return line.indexOf(new CommitId(descendant)) >= line.indexOf(new CommitId(ancestor));
    }
}
