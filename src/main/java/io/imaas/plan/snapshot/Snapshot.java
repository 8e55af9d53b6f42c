package io.imaas.plan.snapshot;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a promotion is decided on. Facts that nobody could gather (no registry given, no chart) are left out, and
 * their gates say so.
 *
 * @param facts about releases that would arrive ({@link ImageFacts}, {@link RenderFacts}, {@link HttpGateFacts},
 *     {@link Authors}), about all services that run in the environment now ({@link Footprint}), and what the environment
 *     before once had, newest first ({@link PastRelease})
 */
public record Snapshot(GitOpsState state, List<Fact> facts) implements Serializable {
    public Snapshot {
        facts = List.copyOf(facts);
    }

    /** What Git alone tells. */
    public static Snapshot of(GitOpsState state) {
        return new Snapshot(state, List.of());
    }

    /** The same, and what else was found out. */
    public Snapshot with(Collection<? extends Fact> more) {
        return new Snapshot(state, Stream.concat(facts.stream(), more.stream()).toList());
    }

    /** The same where people said this, and nothing else. */
    public Snapshot saying(List<Approval> approvals) {
        return new Snapshot(state.saying(approvals), facts);
    }

    /** All facts of one kind, in the order in which they were found. */
    public <F extends Fact> Stream<F> all(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** What changes in the manifests; services whose manifests stay as they are are left out. */
    public List<ManifestChange> changes() {
        return all(RenderFacts.class)
                .filter(render -> !render.diff().isEmpty())
                .map(render -> new ManifestChange(render.service(), render.objects(), render.diff()))
                .toList();
    }

    /** Whether manifests were rendered for it and are those that run. */
    public boolean runsAlready(ServiceName service) {
        return render(service).filter(RenderFacts::runsAlready).isPresent();
    }

    /** By service, the hash of the manifests that gates look at; a service that nobody rendered is left out. */
    public Map<ServiceName, String> hashes() {
        Map<ServiceName, String> reviewed = new LinkedHashMap<>();
        all(RenderFacts.class)
                .filter(render -> render.problem().isEmpty())
                .forEach(render ->
                        reviewed.put(render.service(), render.manifests().hash()));
        return reviewed;
    }

    public Optional<ImageFacts> image(Digest digest) {
        return all(ImageFacts.class).filter(i -> i.digest().equals(digest)).findFirst();
    }

    public Optional<Authors> authors(ServiceName service) {
        return all(Authors.class).filter(a -> a.service().equals(service)).findFirst();
    }

    public Optional<RenderFacts> render(ServiceName service) {
        return all(RenderFacts.class).filter(r -> r.service().equals(service)).findFirst();
    }

    /** Something that was found out about what is to arrive. A new kind is a record, and an observer that finds it. */
    public interface Fact extends Serializable {}
}
