package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.plan.snapshot.ReleaseGap;
import io.imaas.plan.snapshot.ReleaseGap.SourceCommit;
import io.imaas.port.GitHistory;
import io.imaas.port.ImageRegistry;
import io.imaas.port.TextDiff;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks up what the images' labels and the service's own repository say of two releases. Either may be out of reach for
 * whoever asks: then a sentence says so in its place, and the rest is told all the same.
 *
 * @param registry null: the labels are not asked for
 * @param sources the service's own repository, opened only when it is needed; null: nobody said where it is
 */
public record ReleaseGapObserver(ImageRegistry registry, Supplier<? extends GitHistory> sources, TextDiff diff) {
    /** More is a matter for Git itself. */
    private static final int MOST_COMMITS = 200;

    /** @param newer null, like {@code older}, when that side has no release */
    public ReleaseGap observe(Release newer, Release older) {
        if (newer == null && older == null) {
            return onlyNote("neither side has a release");
        }
        ReleaseGap commits = newer == null || older == null
                ? onlyNote(against(newer == null ? older : newer))
                : commits(newer.source(), older.source());
        if (registry == null || (newer != null && older != null && newer.image().equals(older.image()))) {
            return commits;
        }
        try {
            List<String> labels = diff.of(labels(older), labels(newer));
            return new ReleaseGap(labels, "", commits.came(), commits.gone(), commits.commitsNote());
        } catch (FailureException outOfReach) {
            String note = "labels unknown: " + outOfReach.failure().sentence();
            return new ReleaseGap(List.of(), note, commits.came(), commits.gone(), commits.commitsNote());
        }
    }

    /** Against nothing everything is new, or everything goes. */
    private static String against(Release only) {
        return "all of it, up to the commit that " + only.version() + " was built from"
                + (only.source() == null ? "" : ": " + only.source().abbreviated());
    }

    private String labels(Release release) {
        if (release == null) {
            return "";
        }
        Map<String, String> labels = new TreeMap<>(registry.labels(release.image()));
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining("\n"));
    }

    private ReleaseGap commits(CommitId newer, CommitId older) {
        if (newer == null || older == null) {
            return onlyNote("unknown: a release does not say which commit it was built from");
        }
        if (newer.equals(older)) {
            return onlyNote("");
        }
        if (sources == null) {
            return onlyNote("commits not looked up: git log " + older.abbreviated() + ".." + newer.abbreviated()
                    + " in the service's repository (--source or --platform says where that is)");
        }
        try {
            GitHistory repository = sources.get();
            List<SourceCommit> came = between(repository, older, newer);
            List<SourceCommit> gone = between(repository, newer, older);
            boolean cut = Math.max(came.size(), gone.size()) == MOST_COMMITS;
            return new ReleaseGap(
                    List.of(), "", came, gone, cut ? "there may be more: only " + MOST_COMMITS + " are told" : "");
        } catch (FailureException outOfReach) {
            return onlyNote("unknown: " + outOfReach.failure().sentence());
        }
    }

    private static List<SourceCommit> between(GitHistory repository, CommitId older, CommitId newer) {
        return repository.between(older, newer, MOST_COMMITS).stream()
                .map(commit -> new SourceCommit(commit.id(), commit.at(), commit.author(), commit.subject()))
                .toList();
    }

    private static ReleaseGap onlyNote(String note) {
        return new ReleaseGap(List.of(), "", List.of(), List.of(), note);
    }
}
