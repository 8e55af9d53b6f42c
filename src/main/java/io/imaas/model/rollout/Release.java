package io.imaas.model.rollout;

import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was built once and is promoted unchanged.
 *
 * @param version for people, such as {@code 1.4.0}
 * @param source the commit of the service's repository it was built from; null when unknown
 * @param tree the content of the service's sources, by which a merge of branches finds the image again; null when
 *     unknown
 */
public record Release(ServiceName service, String version, CommitId source, TreeHash tree, ImageRef image)
        implements Serializable {

    /** Fewer digits of a digest name nothing. */
    private static final int SHORTEST = 7;

    /** All keys of {@link #values()}. */
    public static final Set<String> KEYS =
            Set.of("image.repository", "image.digest", "image.tag", "version", "source.commit", "source.tree");

    /** The keys that the orchestrator writes to {@code release.yaml}; it touches no other. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("image.repository", image.repository().toString());
        values.put("image.digest", image.digest().value());
        values.put("image.tag", version);
        values.put("version", version);
        if (source != null) {
            values.put("source.commit", source.value());
        }
        if (tree != null) {
            values.put("source.tree", tree.value());
        }
        return values;
    }

    /** What people call it: its version, or where it has none, as an adopted one, the first digits of its digest. */
    public String called() {
        return version.isEmpty() ? image.digest().abbreviated() : version;
    }

    /** Whether people mean it by a version, a digest, or the first digits of one; an empty name is every release's. */
    public boolean isCalled(String name) {
        return name.isEmpty()
                || version.equals(name)
                || image.digest().value().equals(name)
                || (name.length() >= SHORTEST && image.digest().hex().startsWith(name));
    }

    /** Reads {@link #values()}; empty when they name no image. */
    public static Optional<Release> of(ServiceName service, Map<String, String> values) {
        String repository = values.getOrDefault("image.repository", "");
        String digest = values.getOrDefault("image.digest", "");
        if (repository.isEmpty() || digest.isEmpty()) {
            return Optional.empty();
        }
        String source = values.getOrDefault("source.commit", "");
        String tree = values.getOrDefault("source.tree", "");
        return Optional.of(new Release(
                service,
                values.getOrDefault("version", ""),
                source.isEmpty() ? null : new CommitId(source),
                tree.isEmpty() ? null : new TreeHash(tree),
                new ImageRef(ImageRepository.parse(repository), new Digest(digest))));
    }
}
