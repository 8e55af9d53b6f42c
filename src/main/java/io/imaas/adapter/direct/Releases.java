package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.ChartRenderer;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.port.Cluster;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** From a branch's tip to objects in the cluster. */
final class Releases {
    private final ChartRenderer renderer;
    private final Cluster cluster;
    private final Function<RepositoryUrl, GitRepository> repositories;
    private final Path chart;

    Releases(ChartRenderer renderer, Cluster cluster, Function<RepositoryUrl, GitRepository> repositories, Path chart) {
        this.renderer = renderer;
        this.cluster = cluster;
        this.repositories = repositories;
        this.chart = chart;
    }

    /**
     * What a branch's tip wants.
     *
     * @param image what {@code release.yaml} names there
     */
    record Revision(CommitId commit, ImageRef image, Chart chart, RolloutTarget target) {
        /** Whether this is the image that somebody waits for. */
        boolean holds(ImageRef wanted) {
            return image.equals(wanted);
        }
    }

    /**
     * The tip of the environment's branch, which has our commit in its history or is it.
     *
     * @throws FailureException FAILED when the commit is no longer on its branch, INPUT when the files are no good
     */
    Revision at(RolloutTarget target) {
        GitRepository repository = repositories.apply(target.gitops());
        String branch = target.environment().branch().value();
        CommitId tip = repository
                .head(target.environment().branch())
                .orElseThrow(() -> FailureException.failed(
                        "there is no branch " + branch, target.gitops().value(), "bootstrap the tenant first"));
        if (!repository.contains(tip, target.commit())) {
            throw FailureException.failed(
                    "commit " + target.commit().abbreviated() + " is no longer on branch " + branch,
                    target.gitops().value(),
                    "the branch was rewritten: release again");
        }
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
                image(Tree.parse(release, at(tip, releasePath)), at(tip, releasePath)),
                Chart.of(
                        chart.toString(),
                        target.tenant(),
                        target.service(),
                        target.environment(),
                        Arrays.asList(
                                files.find(valuesPath).orElse(null),
                                release,
                                files.find(ownPath).orElse(null))),
                target);
    }

    /** Whether nothing came onto the branch since that changes this service. */
    boolean isCurrent(Revision revision) {
        RolloutTarget target = revision.target();
        return repositories
                        .apply(target.gitops())
                        .head(target.environment().branch())
                        .filter(revision.commit()::equals)
                        .isPresent()
                || at(target).chart().equals(revision.chart());
    }

    private static ImageRef image(Tree release, String where) {
        try {
            return new ImageRef(
                    ImageRepository.parse(release.at("image", "repository").text()),
                    new Digest(release.at("image", "digest").text()));
        } catch (FailureException e) {
            throw FailureException.input(e.failure().what(), where, e.failure().suggestion());
        }
    }

    private static String at(CommitId commit, String path) {
        return commit.abbreviated() + ":" + path;
    }

    /** Brings the cluster to what the revision wants, and takes away what it no longer has. */
    List<Effect> apply(Revision revision) {
        List<Manifest> wanted = renderer.render(revision.chart());
        RolloutTarget target = revision.target();
        Leftovers leftovers = new Leftovers(cluster);
        // An autoscaler that is to go must not set the number of pods once more after Git's number was applied.
        List<Effect> effects = new ArrayList<>(
                leftovers.removeAutoscaler(target.tenant(), target.service(), target.environment(), wanted));
        effects.addAll(cluster.apply(wanted));
        effects.addAll(leftovers.remove(target.tenant(), target.service(), target.environment(), wanted));
        return effects;
    }

    Liveness look(Revision revision) {
        return new Workload(
                        cluster,
                        revision.chart().namespace(),
                        revision.target().service().value())
                .liveness(revision.image());
    }
}
