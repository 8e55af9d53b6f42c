package io.imaas.app;

import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.port.ImageTags;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.semver4j.Semver;

/** The release that a service's {@code follow} asks for: of an image that somebody else built and pushed. */
record FollowedImage(TenantWorld world) {
    private record Version(String tag, Semver number) {
        static Version of(String tag) {
            return new Version(tag, Semver.parse(tag.startsWith("v") ? tag.substring(1) : tag));
        }
    }

    /**
     * Empty when there is nothing newer than everything that the first environment ever had: what was rolled back does
     * not come back by itself, and nothing older ever comes.
     *
     * @param build who asks, for the audit log
     */
    Optional<ReleaseRequest> newest(ServiceName name, String build) {
        Service service = world.known(name);
        if (!service.follows()) {
            return Optional.empty();
        }
        EnvironmentName first = service.environments().get(0);
        ImageRepository images = world.catalog().imagesOf(world.tenant(), service);
        List<Semver> before = world.history().of(name, first, TenantWorld.LOOK_BACK).stream()
                .map(PastRelease::release)
                .map(release -> Version.of(release.version()).number())
                .filter(Objects::nonNull)
                .toList();
        return world.ports().port(ImageTags.class).of(images).stream()
                .map(Version::of)
                .filter(version -> version.number() != null && version.number().satisfies(service.follow()))
                .max(Comparator.comparing(Version::number))
                .filter(version -> before.stream().allMatch(version.number()::isGreaterThan))
                .flatMap(version -> world.ports()
                        .registry()
                        .resolve(images, version.tag())
                        .map(digest -> new ReleaseRequest(
                                name, first, new ImageRef(images, digest), version.tag(), null, build)));
    }
}
