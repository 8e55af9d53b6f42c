package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.Seal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Chains in the making, one a branch: each change is computed on what the one before it left behind. */
final class Draft implements AutoCloseable, Expectations.Branches {
    private final Clones clones;
    private final SealedTips sealed;
    private final CommitFactory factory;
    private final Map<BranchName, ObjectId> tips;
    private final ObjectInserter inserter;
    private final ObjectReader reader;
    private final RevWalk walk;
    private final TreeEditor trees;
    private final Ancestors ancestors;
    private final Map<BranchName, Chain> chains = new LinkedHashMap<>();
    private final Map<Root, ObjectId> roots = new HashMap<>();

    /** Branches that begin with the same words and files share their first commit: people can merge them, and it is signed once. */
    private record Root(ObjectId tree, String subject, Map<String, String> trailers, String key) {}

    /**
     * @param tips the branches as the server has them; a branch that is not there is left out
     * @param many whether many files are written: then one pack is less work than a file for each object
     */
    Draft(Clones clones, SealedTips sealed, CommitFactory factory, Map<BranchName, ObjectId> tips, boolean many)
            throws IOException {
        this.clones = clones;
        this.sealed = sealed;
        this.factory = factory;
        this.tips = tips;
        FileRepository repository = clones.tips().repository();
        this.inserter = many ? repository.getObjectDatabase().newPackInserter() : repository.newObjectInserter();
        this.reader = inserter.newReader();
        this.walk = new RevWalk(reader);
        this.trees = new TreeEditor(reader, inserter);
        this.ancestors = new Ancestors(clones);
    }

    /**
     * Adds the commits of an intent, all or none.
     *
     * @return its changes that are on the server already
     * @throws FailureException when one of the changes cannot be made; then none is in its chain
     */
    List<Chain.Link> add(Intent intent) throws IOException {
        List<Chain.Link> there = new ArrayList<>();
        Map<Chain, Chain.Link> fresh = new LinkedHashMap<>();
        ObjectId first = null;
        for (int i = 0; i < intent.changes().size(); i++) {
            Chain chain = chain(intent.changes().get(i).branch());
            ObjectId at = intent.landedAt(i);
            if (at == null) {
                Optional<Chain.Link> before = findLanded(intent, i, chain);
                Chain.Link link = before.isPresent() ? before.get() : link(intent, i, chain, first);
                at = link.commit();
                if (before.isPresent() || (!link.created() && at.equals(chain.base()))) {
                    there.add(link);
                } else {
                    fresh.put(chain, link);
                }
            }
            first = first == null ? at : first;
        }
        fresh.forEach((chain, link) -> {
            if (link.created()) {
                intent.sent(link.change()).add(link.commit());
            }
            chain.append(link);
        });
        return there;
    }

    /** Makes what was added readable for a push. */
    List<Chain> finish() throws IOException {
        inserter.flush();
        return List.copyOf(chains.values());
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
        inserter.close();
    }

    @Override
    public ObjectId tip(BranchName branch) {
        return chains.containsKey(branch) ? chains.get(branch).tip() : tips.get(branch);
    }

    /** A commit in the making counts here; nobody may remember it as one that the server has. */
    @Override
    public ObjectId counting(BranchName branch, Seal seal) throws IOException {
        boolean ours = chains.containsKey(branch) && chains.get(branch).hasCommits();
        return ours ? tip(branch) : sealed.counting(branch, tips.get(branch), seal);
    }

    private Chain chain(BranchName branch) throws IOException {
        Chain known = chains.get(branch);
        if (known == null) {
            known = new Chain(branch, tips.get(branch));
            clones.landed(branch).advance(known.base());
            chains.put(branch, known);
        }
        return known;
    }

    private Optional<Chain.Link> findLanded(Intent intent, int index, Chain chain) throws IOException {
        if (chain.base() == null) {
            return Optional.empty();
        }
        RevCommit base = walk.parseCommit(chain.base());
        for (ObjectId commit : intent.sent(index)) {
            if (isAncestor(commit, base)) {
                return Optional.of(new Chain.Link(intent, index, commit, true));
            }
        }
        Change change = intent.changes().get(index);
        return change.key().isEmpty()
                ? Optional.empty()
                : clones.landed(chain.branch())
                        .find(change, intent.signing())
                        .map(commit -> new Chain.Link(intent, index, commit, false));
    }

    /** The change as a commit on top of the chain, or as a commit of the chain that holds it already. */
    private Chain.Link link(Intent intent, int index, Chain chain, ObjectId first) throws IOException {
        Change change = intent.changes().get(index);
        ObjectId pending = change.key().isEmpty() ? null : chain.withKey(change.key());
        if (pending != null) {
            return new Chain.Link(intent, index, pending, false);
        }
        new Expectations(walk, trees, this).check(change);
        RevCommit tip = chain.tip() == null ? null : walk.parseCommit(chain.tip());
        RevCommit source = source(change);
        RevCommit start = tip != null ? tip : source;
        Beginning beginning =
                tip == null && source != null && Beginning.isOf(change) ? Beginning.of(change, source, reader) : null;
        ObjectId before = beginning != null ? beginning.tree(trees) : treeThatCounts(change, chain, start);
        ObjectId tree = apply(change, before, source);
        RevCommit merged = merged(beginning, tree, source, chain);
        // A branch that begins with another's content still gets a commit: its trailers say who brought it, and why.
        if (tip != null && tree.equals(tip.getTree()) && tree.equals(before) && merged == null) {
            return new Chain.Link(intent, index, tip.copy(), false);
        }
        if (start == null && change.edits().isEmpty()) {
            throw FailureException.input(
                    "there is nothing to begin the branch with", change.branch().value(), "");
        }
        List<RevCommit> parents = parents(change, tip, merged);
        if (!parents.isEmpty() || change.seal() != null || !change.firstAs().isEmpty()) {
            return new Chain.Link(intent, index, write(change, first, tree, parents), true);
        }
        Root root = new Root(tree, change.subject(), change.trailers(), change.key());
        if (!roots.containsKey(root)) {
            roots.put(root, write(change, first, tree, parents));
        }
        return new Chain.Link(intent, index, roots.get(root), true);
    }

    private ObjectId write(Change change, ObjectId first, ObjectId tree, List<RevCommit> parents) throws IOException {
        return factory.write(clones.tips().repository(), inserter, change, first, tree, parents);
    }

    /** The commit of which nothing is left behind; null where there is none. */
    private RevCommit merged(Beginning beginning, ObjectId tree, RevCommit source, Chain chain) throws IOException {
        if (source != null && ancestors.carriesAll(tree, source, chain, walk)) {
            return source;
        }
        return beginning == null ? null : beginning.merged(clones.commits(), clones.tips(), walk, trees);
    }

    /** On a sealed branch, what others pushed is as if it were not there. */
    private ObjectId treeThatCounts(Change change, Chain chain, RevCommit start) throws IOException {
        if (change.seal() == null) {
            return start == null ? null : start.getTree();
        }
        ObjectId counts = counting(chain.branch(), change.seal());
        return counts == null ? null : walk.parseCommit(counts).getTree();
    }

    private RevCommit source(Change change) throws IOException {
        if (change.from() == null) {
            return null;
        }
        ObjectId id = ObjectId.fromString(change.from().value());
        clones.tips().fetchCommit(id);
        return walk.parseCommit(id);
    }

    private boolean isAncestor(ObjectId commit, RevCommit tip) throws IOException {
        try (RevWalk ancestry = new RevWalk(reader)) {
            return ancestry.isMergedInto(ancestry.parseCommit(commit), ancestry.parseCommit(tip));
        } catch (MissingObjectException notHere) {
            return false;
        }
    }

    private ObjectId apply(Change change, ObjectId start, RevCommit source) throws IOException {
        TreeDraft tree = trees.open(start);
        for (FileEdit edit : change.edits()) {
            if (edit.isWhole()) {
                tree.clear(edit.path());
            }
            Optional<byte[]> current = tree.read(edit.path());
            Optional<byte[]> wanted = apply(edit, current);
            Optional<FileMode> mode = source == null || wanted.isEmpty()
                    ? Optional.empty()
                    : trees.modeOf(source.getTree(), edit.path(), wanted.get());
            if (!same(current, wanted)
                    || (mode.isPresent() && !mode.equals(tree.entry(edit.path()).map(TreeEditor.Entry::mode)))) {
                tree.write(edit.path(), wanted, mode);
            }
        }
        return tree.save();
    }

    private static Optional<byte[]> apply(FileEdit edit, Optional<byte[]> current) {
        try {
            return edit.apply(current.map(byte[]::clone));
        } catch (FailureException refused) {
            throw refused;
        } catch (RuntimeException problem) {
            throw FailureException.defect("a change of " + edit.path() + " could not be computed: " + problem, problem);
        }
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty() || Arrays.equals(one.get(), other.get()));
    }

    private List<RevCommit> parents(Change change, RevCommit tip, RevCommit merged) throws IOException {
        RevCommit own = tip == null && merged != null && Beginning.isOf(change) ? beginning(change) : tip;
        if (own == null) {
            return merged == null ? List.of() : List.of(merged);
        }
        return merged == null ? List.of(own) : List.of(own, merged);
    }

    /**
     * An environment's branch begins empty, and what it begins with is merged into it: a branch's own history is that of
     * first parents, and would otherwise tell of the other environment's releases as if they had run in this one.
     */
    private RevCommit beginning(Change change) throws IOException {
        Change empty = Change.of(change.branch(), "Begin environment " + change.branch(), List.of());
        return walk.parseCommit(write(empty, null, trees.empty(), List.of()));
    }
}
