package io.imaas.adapter.forge.pull;

import io.imaas.adapter.forge.pull.LineNotes.LineNote;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import io.imaas.port.PullRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Pull requests at whatever server: looks before it writes, keeps to the server's limits, and waits for what the server
 * works off behind its answers. A kind of server adds its calls.
 */
public abstract class SharedPullRequests implements PullRequests {
    /** With the pauses between them, about a quarter of a minute. */
    private static final int LOOKS = 8;

    private static final int MOST_ITEMS = 3_000;
    private static final int REFUSALS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final String repository;
    private final Limits limits;
    private final Clock clock;

    /** @param repository how people call it, for messages */
    protected SharedPullRequests(String repository, Limits limits, Clock clock) {
        this.repository = repository;
        this.limits = limits;
        this.clock = clock;
    }

    public record Worded(PullRequest pull, String title, String body) {}

    /**
     * A comment.
     *
     * @param id what the server wants to be told to rewrite it
     */
    public record Note(String id, String text) {}

    /** A commit status. */
    public record Told(State state, String description, String url) {}

    /** One of this repository's own branches: a fork's branch may have the same name, and is somebody else's. */
    protected abstract Optional<Worded> findOpen(BranchName from, BranchName into);

    /** Empty while the server says that it knows no such branch. */
    protected abstract Optional<Worded> create(BranchName from, BranchName into, String title, String body);

    protected abstract Worded rewrite(Worded pull, String title, String body);

    /** The first comment that begins so. */
    protected abstract Optional<Note> findNote(int number, String beginning);

    /** @param known null to make a new one */
    protected abstract void write(int number, Note known, String text);

    protected abstract Optional<Told> told(CommitId commit, String context);

    protected abstract void tell(CommitId commit, String context, Told status);

    protected abstract Standing standing(int number);

    /** Merges what is ready, or has the server merge what is held back; empty when that comes later. */
    protected abstract Optional<CommitId> merge(int number, Standing now);

    protected abstract LineNotes lineNotes(int number, CommitId head, String marker);

    /** What is not shown on the server's page. */
    protected String hidden(String marker) {
        return "<!-- " + marker.replace("--", "- -") + " -->";
    }

    @Override
    public final PullRequest open(BranchName from, BranchName into, String title, String body) {
        String shortTitle = limits.shortTitle(title);
        String fitting = limits.fitting(body);
        Worded found = findOrCreate(from, into, shortTitle, fitting);
        boolean same = found.title().equals(shortTitle)
                && Objects.requireNonNullElse(found.body(), "").equals(fitting);
        return (same ? found : rewrite(found, shortTitle, fitting)).pull();
    }

    /** A server may learn of a pushed branch later than the push is answered: about a second at Gitea. */
    private Worded findOrCreate(BranchName from, BranchName into, String title, String body) {
        for (int look = 0; look < LOOKS; look++) {
            pause(look);
            Optional<Worded> found = findOpen(from, into);
            if (found.isEmpty()) {
                try {
                    found = create(from, into, title, body);
                } catch (FailureException refused) {
                    // Somebody may have opened it between our look and our write, or our own answer was lost.
                    return findOpen(from, into).orElseThrow(() -> refused);
                }
            }
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw FailureException.input(
                "the server knows no branches " + from + " and " + into + ", or this login may not open pull requests",
                repository,
                "push the branches, and check the token's permissions (docs/rights.md)");
    }

    @Override
    public final void comment(int number, String marker, String markdown) {
        String hidden = hidden(marker);
        String text = limits.fitting(hidden + "\n" + markdown);
        Optional<Note> known = findNote(number, hidden);
        if (known.isEmpty() || !known.get().text().equals(text)) {
            write(number, known.orElse(null), text);
        }
    }

    @Override
    public final int annotate(int number, CommitId head, String marker, List<Found> found) {
        LineNotes server = lineNotes(number, head, marker);
        String hidden = hidden(marker + " line");
        List<LineNote> wanted = found.stream()
                .filter(each -> each.problem().where().line() > 0
                        && server.takes(each.problem().where()))
                .sorted(Comparator.comparing(each -> each.problem().severity()))
                .limit(MOST)
                .map(each -> new LineNote(
                        "",
                        each.problem().where().file(),
                        each.problem().where().line(),
                        each.problem().severity(),
                        limits.fitting(server.text(hidden, each))))
                .toList();
        LineNotes.NotesChange change = new LineNotes.NotesChange(server.known(hidden), wanted);
        if (!change.fresh().isEmpty() || !change.gone().isEmpty()) {
            server.replace(hidden, change);
        }
        return wanted.size();
    }

    /** Servers keep a limited number of statuses of a commit: one that says nothing new is not sent. */
    @Override
    public final void status(CommitId commit, String context, State state, String description, String url) {
        Told wanted = new Told(state, limits.shortDescription(description), url);
        if (told(commit, context).filter(wanted::equals).isEmpty()) {
            tell(commit, context, wanted);
        }
    }

    /** A server without a page of deployments shows them as commit statuses. */
    @Override
    public void deployed(Deployment deployment) {
        status(
                deployment.commit(),
                "imaas/" + deployment.environment(),
                deployment.state(),
                deployment.description(),
                deployment.url());
    }

    @Override
    public final Optional<CommitId> mergeWhenAllowed(int number, CommitId expectedHead) {
        int refusals = 0;
        for (int look = 0; look < LOOKS; look++) {
            pause(look);
            Standing now = standing(number);
            if (!now.head().equals(expectedHead)) {
                throw FailureException.conflict(
                        "pull request #" + number + " is now at " + now.head().abbreviated() + ", not at "
                                + expectedHead.abbreviated(),
                        repository,
                        "decide again on the branch's new head");
            }
            if (now.merged() != null) {
                return Optional.of(now.merged());
            }
            switch (now.state()) {
                case CLOSED ->
                    throw FailureException.input("pull request #" + number + " is closed", repository, "open it again");
                case CONFLICTING -> throw apart(number);
                case READY, HELD -> {
                    try {
                        return merge(number, now);
                    } catch (FailureException refused) {
                        // What was true when we looked may not be any more: the next look tells, not the server's
                        // words.
                        if (refused.failure().kind() == FailureKind.EXTERNAL || ++refusals == REFUSALS) {
                            throw refused;
                        }
                    }
                }
                case UNKNOWN -> {}
            }
        }
        throw apart(number);
    }

    private FailureException apart(int number) {
        return FailureException.conflict(
                "the branches of pull request #" + number + " do not go together",
                repository,
                "bring the target branch into the other one, then run it again");
    }

    private void pause(int look) {
        if (look == 0) {
            return;
        }
        Duration grown = FIRST_PAUSE.multipliedBy(1L << (look - 1));
        try {
            clock.pause(grown.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : grown);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", repository, "run it again", stop);
        }
    }

    /**
     * Page after page, until something fits or none is left, and never more than some thousands. Gitea repeats comments where
     * there are no more pages.
     *
     * @param pages by number, from 1 on
     */
    protected static <T> Optional<T> first(int pageSize, IntFunction<List<T>> pages, Predicate<T> fits) {
        List<T> before = List.of();
        for (int page = 1; page <= MOST_ITEMS / pageSize; page++) {
            List<T> items = Objects.requireNonNullElse(pages.apply(page), List.of());
            if (items.equals(before)) {
                return Optional.empty();
            }
            Optional<T> found = items.stream().filter(fits).findFirst();
            if (found.isPresent() || items.size() < pageSize) {
                return found;
            }
            before = items;
        }
        return Optional.empty();
    }

    /** The items of all pages, with the same bounds. */
    public static <T> List<T> all(int pageSize, IntFunction<List<T>> pages) {
        List<T> all = new ArrayList<>();
        first(pageSize, pages, item -> !all.add(item));
        return all;
    }
}
