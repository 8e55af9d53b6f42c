package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.identity.GitWriter;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.port.Commit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** JGit's commits in our words; {@code Imaas-*} trailers only of commits that the orchestrator's key signed. */
record Commits(CommitSigning signing) {
    /**
     * Which commit of the branch of records counted for the newest release that a commit holds, or for that itself; null where
     * none tells. A merge may name its parents in any order, so no commit is asked before those that hold it.
     */
    ObjectId records(Clones clones, ObjectId tip) throws IOException {
        Repository tips = clones.tips().repository();
        try (RevWalk walk = new RevWalk(tips)) {
            Map<String, String> said = believed(tips, walk.parseCommit(tip));
            if (said.containsKey(Trailers.SERVICE)) {
                return records(said);
            }
        }
        clones.commits().fetchCommit(tip);
        Repository all = clones.commits().repository();
        try (RevWalk walk = new RevWalk(all)) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(tip));
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                Map<String, String> said = believed(all, commit);
                if (said.containsKey(Trailers.SERVICE)) {
                    return records(said);
                }
            }
            return null;
        }
    }

    private static ObjectId records(Map<String, String> said) {
        String named = said.getOrDefault(Trailers.RECORDS, "");
        return ObjectId.isId(named) ? ObjectId.fromString(named) : null;
    }

    Commit describe(Repository repository, RevCommit commit) throws IOException {
        List<CommitId> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(new CommitId(parent.name()));
        }
        return new Commit(
                new CommitId(commit.name()),
                parents,
                wrote(commit),
                writer(CommitWords.committer(commit)),
                CommitWords.when(commit),
                CommitWords.subject(commit),
                believed(repository, commit));
    }

    private static List<GitWriter> wrote(RevCommit commit) {
        List<GitWriter> people = new ArrayList<>(List.of(writer(CommitWords.author(commit))));
        CommitWords.trailers(commit).stream()
                .filter(line -> line.getKey().equalsIgnoreCase("Co-authored-by"))
                .forEach(line -> people.add(GitWriter.of(line.getValue())));
        return people;
    }

    private static GitWriter writer(PersonIdent person) {
        return new GitWriter(person.getName(), person.getEmailAddress());
    }

    private Map<String, String> believed(Repository repository, RevCommit commit) throws IOException {
        Map<String, String> trailers = CommitMessage.trailers(commit);
        if (trailers.keySet().stream().anyMatch(Commits::ours) && !signing.allows(repository, commit)) {
            trailers.keySet().removeIf(Commits::ours);
        }
        return trailers;
    }

    /** Git takes the names of trailers without regard to case. */
    private static boolean ours(String name) {
        return name.regionMatches(true, 0, Trailers.PREFIX, 0, Trailers.PREFIX.length());
    }
}
