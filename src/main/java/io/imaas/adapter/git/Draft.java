package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A chain in the making: each change is computed on what the one before it left behind. */
final class Draft implements AutoCloseable {
    private final Mirror tips;
    private final Repository repository;
    private final CommitFactory factory;
    private final LandedChanges landed;
    private final Superseding superseding;
    private final ObjectInserter inserter;
    private final ObjectReader reader;
    private final RevWalk walk;
    private final TreeEditor trees;
    private final Chain chain;

    Draft(Clones clones, CommitFactory factory, Chain chain) throws IOException {
        this.tips = clones.tips();
        this.repository = tips.repository();
        this.factory = factory;
        this.landed = clones.landed(chain.branch());
        this.superseding = new Superseding(clones, chain.branch());
        this.inserter = repository.newObjectInserter();
        this.reader = inserter.newReader();
        this.walk = new RevWalk(reader);
        this.trees = new TreeEditor(reader, inserter);
        this.chain = chain;
    }

    /** Adds the change as a commit; or tells where it is already. */
    Optional<Chain.Link> add(Intent intent) throws IOException {
        Change change = intent.change();
        Optional<Chain.Link> before = findLanded(intent);
        if (before.isPresent()) {
            return before;
        }
        ObjectId pending = change.key().isEmpty() ? null : chain.withKey(change.key());
        if (pending != null) {
            chain.ride(intent, pending);
            return Optional.empty();
        }
        RevCommit tip = chain.tip() == null ? null : walk.parseCommit(chain.tip());
        RevCommit merged = mergedFrom(change, tip);
        RevCommit start = tip != null ? tip : merged;
        ObjectId tree = apply(change, start == null ? null : start.getTree());
        // A branch that begins with another's content still gets a commit: its trailers say who brought it, and why.
        if (tip != null && tree.equals(tip.getTree()) && merged == null) {
            return unchanged(intent, tip);
        }
        if (start == null && change.edits().isEmpty()) {
            throw FailureException.input(
                    "there is nothing to begin the branch with", change.branch().value(), "");
        }
        ObjectId commit = factory.write(repository, inserter, change, tree, parents(change, tip, merged));
        intent.sent().add(commit);
        chain.append(intent, commit);
        return Optional.empty();
    }

    /** Makes what was added readable for a push. */
    Chain finish() throws IOException {
        inserter.flush();
        return chain;
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
        inserter.close();
    }

    private Optional<Chain.Link> findLanded(Intent intent) throws IOException {
        if (chain.base() == null) {
            return Optional.empty();
        }
        RevCommit base = walk.parseCommit(chain.base());
        for (ObjectId commit : intent.sent()) {
            if (isAncestor(commit, base)) {
                return Optional.of(new Chain.Link(intent, commit, true));
            }
        }
        return intent.change().key().isEmpty()
                ? Optional.empty()
                : landed.find(intent.change()).map(commit -> new Chain.Link(intent, commit, false));
    }

    /** The change is a file's content that is there already: on the server, or in a commit just written. */
    private Optional<Chain.Link> unchanged(Intent intent, RevCommit start) {
        if (start.equals(chain.base())) {
            return Optional.of(new Chain.Link(intent, start.copy(), false));
        }
        chain.ride(intent, start.copy());
        return Optional.empty();
    }

    /** The branch's commit that comes along, or null when there is none or the branch has it already. */
    private RevCommit mergedFrom(Change change, RevCommit tip) throws IOException {
        CommitId from = change.mergedFrom();
        if (from == null) {
            return null;
        }
        ObjectId id = ObjectId.fromString(from.value());
        if (tip != null && isAncestor(id, tip)) {
            return null;
        }
        tips.fetchCommit(id);
        return walk.parseCommit(id);
    }

    private boolean isAncestor(ObjectId commit, RevCommit tip) throws IOException {
        try (RevWalk ancestry = new RevWalk(reader)) {
            return ancestry.isMergedInto(ancestry.parseCommit(commit), ancestry.parseCommit(tip));
        } catch (MissingObjectException notHere) {
            return false;
        }
    }

    private ObjectId apply(Change change, ObjectId start) throws IOException {
        ObjectId tree = start;
        for (FileEdit edit : change.edits()) {
            Optional<byte[]> current = trees.read(tree, edit.path());
            Optional<byte[]> wanted = apply(edit, current);
            if (!same(current, wanted)) {
                superseding.check(change, edit, current);
                tree = trees.write(tree, edit.path(), wanted);
            }
        }
        return tree != null ? tree : trees.empty();
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
        RevCommit own = tip == null && merged != null && isForItsEnvironment(change) ? beginning(change) : tip;
        if (own == null) {
            return merged == null ? List.of() : List.of(merged);
        }
        return merged == null ? List.of(own) : List.of(own, merged);
    }

    private static boolean isForItsEnvironment(Change change) {
        return change.branch().value().equals(change.trailers().get(CommitMessage.ENVIRONMENT));
    }

    /**
     * An environment's branch begins empty, and what it begins with is merged into it: a branch's own history is that of
     * first parents, and would otherwise tell of the other environment's releases as if they had run in this one.
     */
    private RevCommit beginning(Change change) throws IOException {
        Change empty = new Change(
                change.branch(), List.of(), "Begin environment " + change.branch(), "", Map.of(), "", null, 0);
        ObjectId commit = factory.write(repository, inserter, empty, trees.empty(), List.of());
        return walk.parseCommit(commit);
    }
}
