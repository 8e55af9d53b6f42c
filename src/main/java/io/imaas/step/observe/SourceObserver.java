package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import java.util.Map;
import java.util.Optional;

/** Reads a service's sources into the value that a delivery is decided on. Writes nothing. */
public final class SourceObserver {
    private final GitRepository repository;
    private final ImageRegistry registry;

    public SourceObserver(GitRepository repository, ImageRegistry registry) {
        this.repository = repository;
        this.registry = registry;
    }

    /**
     * The sources at a branch's tip.
     *
     * @param path the MI project's folder within the repository, {@code ""} for its root
     * @param images where the service's images are kept
     * @param base the image under it by digest, or empty
     * @param unlessTested whether an image whose unit tests did not pass is good enough to be reused
     */
    public SourceState observe(
            Service service,
            BranchName branch,
            String path,
            ImageRepository images,
            String base,
            boolean unlessTested) {
        CommitId head = repository
                .head(branch)
                .orElseThrow(() -> FailureException.input(
                        "the repository of " + service.name() + " has no branch '" + branch + "'",
                        service.repository().value(),
                        "push it first"));
        return observe(service, head, path, images, base, unlessTested);
    }

    /** The sources at a known commit: the one that somebody verified, whatever the branch has become since. */
    public SourceState observe(
            Service service, CommitId commit, String path, ImageRepository images, String base, boolean unlessTested) {
        TreeHash tree = repository
                .tree(commit, path)
                .orElseThrow(() -> FailureException.input(
                        "there is no folder '" + path + "'", service.repository() + "@" + commit.abbreviated(), ""));
        BuildKey key = BuildKey.of(tree, base);
        return new SourceState(commit, path, tree, key.tag(), reusable(service, images, key, tree, unlessTested));
    }

    private Release reusable(
            Service service, ImageRepository images, BuildKey key, TreeHash tree, boolean unlessTested) {
        Optional<Digest> digest = registry.resolve(images, key.tag());
        if (digest.isEmpty()) {
            return null;
        }
        ImageRef image = new ImageRef(images, digest.get());
        Map<String, String> labels = registry.labels(image);
        boolean tested = labels.getOrDefault("io.imaas.tests", "").equals("passed");
        String revision = labels.getOrDefault("org.opencontainers.image.revision", "");
        return key.tag().equals(labels.get("io.imaas.build-key")) && (tested || unlessTested)
                ? new Release(
                        service.name(),
                        labels.getOrDefault("org.opencontainers.image.version", ""),
                        revision.isEmpty() ? null : new CommitId(revision),
                        tree,
                        image)
                : null;
    }
}
