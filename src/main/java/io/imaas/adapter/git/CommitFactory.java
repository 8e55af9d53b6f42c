package io.imaas.adapter.git;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.port.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Writes commit objects. */
record CommitFactory(GitSettings settings) {
    /** How far two clocks that are set may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("([^<>]++)<([^<>\\s]++)>\\s*+");

    /** @param first the first commit of the changes that land together; null for that one itself */
    ObjectId write(
            Repository repository,
            ObjectInserter inserter,
            Change change,
            ObjectId first,
            ObjectId tree,
            List<RevCommit> parents)
            throws IOException {
        Instant at = timeAfter(parents);
        PersonIdent committer = new PersonIdent(
                settings.committer().name(), settings.committer().email(), at, ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setCommitter(committer);
        commit.setAuthor(author(change, committer));
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(CommitMessage.of(
                change.seal() == null ? naming(change, repository) : sealed(change, tree, parents, at), first));
        settings.signing().sign(repository, commit, committer);
        return inserter.insert(commit);
    }

    /** Who has never seen the branch of records finds out by this commit whether somebody put it back since. */
    private static Change naming(Change change, Repository repository) throws IOException {
        ObjectId records = SealedTips.lastCounted(repository, GitOpsPaths.RECORDS);
        return records == null || !change.trailers().containsKey(Trailers.TENANT)
                ? change
                : change.withTrailers(new Trailers(change.trailers())
                        .with(Trailers.RECORDS, records.name())
                        .lines());
    }

    private static Change sealed(Change change, ObjectId tree, List<RevCommit> parents, Instant at) {
        Trailers trailers = new Trailers(change.trailers())
                .with(Trailers.SEAL, change.seal().of(SealedTips.content(tree, parents, at)));
        return change.withTrailers(trailers.lines());
    }

    /**
     * Not before a parent: walks by date, ours and Git's own, rely on it, and this machine's clock may be behind. A time further
     * ahead than clocks are apart is what somebody wrote: taken over, our own commits would be of a time at which no key counts.
     */
    private Instant timeAfter(List<RevCommit> parents) {
        Instant now = settings.clock().now().truncatedTo(ChronoUnit.SECONDS);
        return parents.stream()
                .map(CommitWords::when)
                .filter(at -> at.isAfter(now) && !at.isAfter(now.plus(SKEW)))
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    private PersonIdent author(Change change, PersonIdent committer) {
        String actor = change.trailers().getOrDefault(Trailers.ACTOR, "").strip();
        if (actor.isEmpty()) {
            return committer;
        }
        Matcher full = NAME_AND_ADDRESS.matcher(actor);
        return full.matches() && !full.group(1).isBlank()
                ? new PersonIdent(full.group(1).strip(), full.group(2), committer.getWhenAsInstant(), ZoneOffset.UTC)
                : new PersonIdent(actor, settings.committer().email(), committer.getWhenAsInstant(), ZoneOffset.UTC);
    }
}
