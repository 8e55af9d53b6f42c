package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Standing;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How revisions stand to a commit, from the GitOps repository itself. */
public record Ancestry(Function<RepositoryUrl, GitRepository> repositories) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    /** A digest that is a value, not one in a comment. */
    private static final Pattern DIGEST = Pattern.compile("(?m)^[^#\\n]*?(sha256:[0-9a-f]{64})");

    /** Never throws: what can't be told is unknown, with the reason. May take as long as a fetch. */
    Standing standing(Goal goal, String revision) {
        if (goal.gitops() == null) {
            return Standing.unknown("no GitOps repository is given, so only the commit itself is accepted");
        }
        if (!COMMIT.matcher(revision).matches()) {
            return Standing.unknown("'" + revision + "' is not a commit id");
        }
        try {
            GitRepository repository = repositories.apply(goal.gitops());
            CommitId commit = new CommitId(revision);
            if (!repository.contains(commit, goal.commit())) {
                return repository.contains(goal.commit(), commit) ? Standing.older() : Standing.lacks();
            }
            return Standing.contains(digest(repository, commit, goal).orElse(null));
        } catch (FailureException e) {
            return Standing.unknown(e.getMessage());
        }
    }

    /**
     * The image at the path: the tool's own release.yaml names it; other layouts are accepted when one of their YAML files
     * names the very digest.
     */
    private static Optional<Digest> digest(GitRepository repository, CommitId commit, Goal goal) {
        Optional<String> release = text(repository, commit, goal.path() + "/release.yaml");
        if (release.isPresent()) {
            return release.flatMap(Ancestry::first);
        }
        List<String> texts = repository.list(commit, goal.path()).stream()
                .filter(path -> path.endsWith(".yaml") || path.endsWith(".yml"))
                .map(path -> text(repository, commit, path).orElse(""))
                .toList();
        Digest wanted = goal.image().digest();
        if (texts.stream().anyMatch(text -> names(text, wanted))) {
            return Optional.of(wanted);
        }
        return texts.stream().map(Ancestry::first).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> text(GitRepository repository, CommitId commit, String path) {
        return repository.read(commit, path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean names(String text, Digest wanted) {
        return DIGEST.matcher(text).results().anyMatch(match -> match.group(1).equals(wanted.value()));
    }

    private static Optional<Digest> first(String text) {
        Matcher matcher = DIGEST.matcher(text);
        return matcher.find() ? Optional.of(new Digest(matcher.group(1))) : Optional.empty();
    }
}
