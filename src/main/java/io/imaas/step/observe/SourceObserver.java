package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.delivery.BuildRules;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.step.record.Records;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a service's sources into the value that a delivery is decided on. Writes nothing.
 *
 * @param scanned whether an image needs no other scan: one that does is built once more, which changes nothing of it
 */
public record SourceObserver(
        GitRepository repository, ImageRegistry registry, Records records, Predicate<ImageRef> scanned) {
    /** Raised whenever a builder would make other bytes of the same sources. */
    private static final String BUILDER_VERSION = "2";

    /**
     * The sources at a known commit: the one that somebody verified, whatever the branch has become since.
     *
     * @param path the MI project's folder within the repository, {@code ""} for its root
     * @param images where the service's images are kept
     * @param head for which branch, tag or pull request it is built
     */
    public SourceState observe(
            Service service, CommitId commit, String path, ImageRepository images, SourceHead head, BuildRules rules) {
        TreeHash tree = tree(service, commit, path);
        String key = buildKey(tree(service, commit, ""), path, head, rules);
        return new SourceState(
                commit,
                head.ref(),
                path,
                tree,
                key,
                reusable(service, images, key, tree, rules.reusesUntested()).orElse(null),
                null);
    }

    private TreeHash tree(Service service, CommitId commit, String path) {
        return repository
                .tree(commit, path)
                .orElseThrow(() -> FailureException.input(
                        "there is no folder '" + path + "'", service.repository() + "@" + commit.abbreviated(), ""));
    }

    /** Whoever may push can set a tag and write labels: only the orchestrator's signed word counts. */
    private Optional<Release> reusable(
            Service service, ImageRepository images, String key, TreeHash tree, boolean unlessTested) {
        return registry.resolve(images, key)
                .map(digest -> new ImageRef(images, digest))
                .filter(scanned)
                .flatMap(image -> records.provenances(image, registry.attached(image, Provenance.TYPE)).stream()
                        .filter(known -> known.origin().buildKey().equals(key)
                                && known.origin().service().equals(service.name())
                                && (unlessTested || known.tests().equals("passed")))
                        .findFirst()
                        .map(known -> new Release(
                                service.name(), known.version(), known.origin().source(), tree, image)));
    }

    /**
     * Names a build by all that goes into it, so that the same is never built twice: everything in the repository, for a
     * build may read all of it, what the platform adds to it, and for what kind of reference it was built.
     */
    private static String buildKey(TreeHash repository, String path, SourceHead head, BuildRules rules) {
        String input = String.join(
                "\n",
                repository.value(),
                path,
                head.getClass().getSimpleName(),
                rules.base(),
                rules.builder(),
                String.valueOf(rules.projectWrapper()),
                rules.testServers().toString(),
                rules.labels().toString(),
                BUILDER_VERSION);
        return "key-" + Digest.of(input).hex();
    }
}
