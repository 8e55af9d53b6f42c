package io.imaas.plan.snapshot;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a promotion is decided on. Facts that nobody could gather (no registry given, no chart) are left out, and
 * their gates say so.
 *
 * @param images of the releases that would arrive
 * @param renders of the services whose releases would arrive
 * @param footprints of all services that run in the environment now
 * @param external what other systems answered to the platform's gates
 * @param authors of what would arrive; empty where nobody wants to know
 * @param past what the environment the release comes from once had, newest first; needed to promote by sources
 */
public record Snapshot(
        GitOpsState state,
        List<ImageFacts> images,
        List<RenderFacts> renders,
        List<Footprint> footprints,
        List<PastRelease> past,
        List<HttpGateFacts> external,
        List<Authors> authors)
        implements Serializable {
    /** One for which no other system was asked. */
    public Snapshot(
            GitOpsState state,
            List<ImageFacts> images,
            List<RenderFacts> renders,
            List<Footprint> footprints,
            List<PastRelease> past) {
        this(state, images, renders, footprints, past, List.of(), List.of());
    }

    /** The same with what other systems answered. */
    public Snapshot with(List<HttpGateFacts> answers) {
        return new Snapshot(state, images, renders, footprints, past, answers, authors);
    }

    /** The same where people said this, and nothing else. */
    public Snapshot saying(List<Approval> approvals) {
        return new Snapshot(state.saying(approvals), images, renders, footprints, past, external, authors);
    }

    /** The same with who wrote it. */
    public Snapshot by(List<Authors> writers) {
        return new Snapshot(state, images, renders, footprints, past, external, writers);
    }

    /** What Git alone tells. */
    public static Snapshot of(GitOpsState state) {
        return new Snapshot(state, List.of(), List.of(), List.of(), List.of());
    }

    public Snapshot {
        footprints = List.copyOf(footprints);
        images = List.copyOf(images);
        renders = List.copyOf(renders);
        past = List.copyOf(past);
        external = List.copyOf(external);
        authors = List.copyOf(authors);
    }

    /** The same with what is known of more services. */
    public Snapshot withRenders(List<RenderFacts> more) {
        return new Snapshot(
                state,
                images,
                Stream.concat(renders.stream(), more.stream()).toList(),
                footprints,
                past,
                external,
                authors);
    }

    /** What changes in the manifests; services whose manifests stay as they are are left out. */
    public List<ManifestChange> changes() {
        return renders.stream()
                .filter(render -> !render.diff().isEmpty())
                .map(render -> new ManifestChange(render.service(), render.objects(), render.diff()))
                .toList();
    }

    /** By service, the hash of the manifests that gates look at; a service that nobody rendered is left out. */
    public Map<ServiceName, String> hashes() {
        Map<ServiceName, String> reviewed = new LinkedHashMap<>();
        renders.stream()
                .filter(render -> render.problem().isEmpty())
                .forEach(render ->
                        reviewed.put(render.service(), render.manifests().hash()));
        return reviewed;
    }

    public Optional<ImageFacts> image(Digest digest) {
        return images.stream().filter(i -> i.digest().equals(digest)).findFirst();
    }

    public Optional<Authors> authors(ServiceName service) {
        return authors.stream().filter(a -> a.service().equals(service)).findFirst();
    }

    public Optional<RenderFacts> render(ServiceName service) {
        return renders.stream().filter(r -> r.service().equals(service)).findFirst();
    }
}
