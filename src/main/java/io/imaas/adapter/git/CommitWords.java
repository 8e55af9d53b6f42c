package io.imaas.adapter.git;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.FooterLine;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What a commit says, as far as it can be read. Most servers take commits that no Git writes, and JGit answers null or throws
 * whatever it likes: whoever pushes one must not keep the branch from being read.
 */
final class CommitWords {
    private static final PersonIdent NOBODY = new PersonIdent("", "", Instant.EPOCH, ZoneOffset.UTC);

    /** The end of the year 9999, in seconds: later times can't be calculated with everywhere. */
    private static final long LATEST = 253_402_300_799L;

    private CommitWords() {}

    /** Without a name where it has none. */
    static PersonIdent author(RevCommit commit) {
        return or(commit::getAuthorIdent, NOBODY);
    }

    /** The same. */
    static PersonIdent committer(RevCommit commit) {
        return or(commit::getCommitterIdent, NOBODY);
    }

    /** When it was committed, by its own word; the beginning of 1970 where it has none. */
    static Instant when(RevCommit commit) {
        Instant at = committer(commit).getWhenAsInstant();
        return at.getEpochSecond() >= 0 && at.getEpochSecond() <= LATEST ? at : Instant.EPOCH;
    }

    static List<FooterLine> trailers(RevCommit commit) {
        return or(commit::getFooterLines, List.of());
    }

    static String subject(RevCommit commit) {
        return or(commit::getShortMessage, "");
    }

    private static <T> T or(Supplier<T> read, T otherwise) {
        try {
            T found = read.get();
            return found == null ? otherwise : found;
        } catch (RuntimeException odd) {
            return otherwise;
        }
    }
}
