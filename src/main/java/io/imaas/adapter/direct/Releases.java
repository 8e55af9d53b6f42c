package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Tree;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.ChartRenderer;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.port.Cluster;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** From a branch's tip to objects in the cluster. */
record Releases(
        ChartRenderer renderer, Cluster cluster, Function<RepositoryUrl, GitRepository> repositories, Path chart) {
    /** How many changes of a service may have been left out since somebody applied one. */
    private static final int LOOK_BACK = 5;

    /**
     * What a branch's tip wants.
     *
     * @param image what the release names there
     */
    record Revision(CommitId commit, ImageRef image, Content content, RolloutTarget target) {
        /** Whether this is the image that somebody waits for. */
        boolean holds(ImageRef wanted) {
            return image.equals(wanted);
        }
    }

    /**
     * The tip of the branch that is applied, which has our commit in its history or is it: of the manifests that gates looked
     * at, or, where nobody renders them before, of the environment's files.
     *
     * @throws FailureException FAILED when the commit is no longer on its branch, INPUT when the files are no good
     */
    Revision at(RolloutTarget target) {
        return target.rendered() == null ? charted(target) : reviewed(target);
    }

    private Revision reviewed(RolloutTarget target) {
        GitRepository repository = repositories.apply(target.gitops());
        CommitId tip = tip(repository, target, GitOpsPaths.rendered(target.environment()), target.rendered());
        String path = GitOpsPaths.manifests(target.service());
        String text = repository.readText(tip, List.of(path)).find(path).orElse("");
        Content content = new Content.Rendered(text, target.tenant().namespace(target.environment()));
        List<String> images = content.manifests(renderer).stream()
                .filter(manifest -> !EarlierJobs.isEarlier(manifest))
                .flatMap(manifest -> PodImages.ofManifest(Tree.of(manifest)).stream())
                .toList();
        if (images.isEmpty()) {
            throw FailureException.failed("there is no release", at(tip, path), "release again");
        }
        // A sidecar's image may stand first; gates saw to it that the release's own is among them.
        ImageRef image = images.contains(target.image().toString()) ? target.image() : ImageRef.parse(images.get(0));
        return new Revision(tip, image, content, target);
    }

    private static CommitId tip(GitRepository repository, RolloutTarget target, BranchName branch, CommitId wanted) {
        CommitId tip = repository
                .head(branch)
                .orElseThrow(() -> FailureException.failed(
                        "there is no branch " + branch, target.gitops().value(), "imaas onboard TENANT"));
        if (!repository.contains(tip, wanted)) {
            throw FailureException.failed(
                    "commit " + wanted.abbreviated() + " is no longer on branch " + branch,
                    target.gitops().value(),
                    "the branch was rewritten: release again");
        }
        return tip;
    }

    private Revision charted(RolloutTarget target) {
        GitRepository repository = repositories.apply(target.gitops());
        CommitId tip = tip(repository, target, target.environment().branch(), target.commit());
        String releasePath = GitOpsPaths.release(target.service());
        String valuesPath = GitOpsPaths.values(target.service());
        String ownPath = GitOpsPaths.environment(target.service(), target.environment());
        TextFiles files = repository.readText(tip, List.of(releasePath, valuesPath, ownPath));
        String release = files.find(releasePath).orElse("");
        if (release.isEmpty()) {
            throw FailureException.failed("there is no release", at(tip, releasePath), "release again");
        }
        return new Revision(
                tip,
                image(release, at(tip, releasePath)),
                new Content.Charted(Chart.of(
                        chart.toString(),
                        target.tenant(),
                        target.service(),
                        target.environment(),
                        false,
                        Arrays.asList(
                                files.find(valuesPath).orElse(null),
                                release,
                                files.find(ownPath).orElse(null)))),
                target);
    }

    /** Whether nothing came onto the branch since that changes this service. */
    boolean isCurrent(Revision revision) {
        RolloutTarget target = revision.target();
        BranchName branch =
                target.rendered() == null ? target.environment().branch() : GitOpsPaths.rendered(target.environment());
        return repositories
                        .apply(target.gitops())
                        .head(branch)
                        .filter(revision.commit()::equals)
                        .isPresent()
                || at(target).content().equals(revision.content());
    }

    private static ImageRef image(String text, String where) {
        try {
            Tree release = new Tree(new Load(LoadSettings.builder().build()).loadFromString(text));
            return new ImageRef(
                    ImageRepository.parse(release.at("image", "repository").text()),
                    new Digest(release.at("image", "digest").text()));
        } catch (FailureException e) {
            throw FailureException.input(e.failure().what(), where, e.failure().suggestion());
        } catch (YamlEngineException e) {
            throw FailureException.input("this is not YAML: " + e.getMessage(), where, "");
        }
    }

    private static String at(CommitId commit, String path) {
        return commit.abbreviated() + ":" + path;
    }

    /** Applies what comes before the service, and looks whether that is done. */
    Liveness applyEarlier(Revision revision) {
        return new EarlierJobs(cluster).run(revision.content().manifests(renderer));
    }

    /** Brings the cluster to what the revision wants, and takes away what it no longer has. */
    List<Effect> apply(Revision revision) {
        List<Manifest> wanted = revision.content().manifests(renderer);
        RolloutTarget target = revision.target();
        Leftovers leftovers = new Leftovers(cluster);
        // An autoscaler that is to go must not set the number of pods once more after Git's number was applied.
        List<Effect> effects = new ArrayList<>(
                leftovers.removeAutoscaler(target.tenant(), target.service(), target.environment(), wanted));
        effects.addAll(cluster.apply(wanted));
        effects.addAll(leftovers.remove(target.tenant(), target.service(), target.environment(), wanted));
        effects.addAll(leftovers.remove(
                target.tenant(), target.service(), target.environment(), appliedBefore(target), wanted));
        return effects;
    }

    /** What stood on the manifests' branch before: an older chart may have made other kinds of objects. */
    private List<Manifest> appliedBefore(RolloutTarget target) {
        if (target.rendered() == null) {
            return List.of();
        }
        GitRepository repository = repositories.apply(target.gitops());
        String path = GitOpsPaths.manifests(target.service());
        List<Manifest> before = new ArrayList<>();
        for (Commit commit : repository.history(GitOpsPaths.rendered(target.environment()), path, LOOK_BACK)) {
            repository
                    .readText(commit.id(), List.of(path))
                    .find(path)
                    .map(text -> new Content.Rendered(text, target.tenant().namespace(target.environment())))
                    .ifPresent(content -> before.addAll(content.manifests(renderer)));
        }
        return before;
    }

    Liveness look(Revision revision) {
        return new Workload(
                        cluster,
                        revision.target().tenant().namespace(revision.target().environment()),
                        revision.target().service().value())
                .liveness(revision.image());
    }
}
