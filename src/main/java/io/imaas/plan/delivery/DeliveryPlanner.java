package io.imaas.plan.delivery;

import io.imaas.model.Catalog;
import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Service;
import io.imaas.model.Tenant;
import io.imaas.plan.AwaitRollout;
import io.imaas.plan.Bucket;
import io.imaas.plan.BuildArtifact;
import io.imaas.plan.CommitRelease;
import io.imaas.plan.NotNeeded;
import io.imaas.plan.Plan;
import io.imaas.plan.PublishImage;
import io.imaas.plan.RunUnitTests;
import io.imaas.plan.VerifyArtifact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decides how a service gets from its sources to the request's environment: built once, or not at all. */
public final class DeliveryPlanner {
    private final Catalog catalog;
    private final String builder;
    private final Duration rolloutTimeout;

    /** @param builder {@code auto}, {@code native} or {@code maven} */
    public DeliveryPlanner(Catalog catalog, String builder, Duration rolloutTimeout) {
        this.catalog = catalog;
        this.builder = builder;
        this.rolloutTimeout = rolloutTimeout;
    }

    /**
     * Build, check, test, image, release and rollout; an image of the same build key is taken as it is.
     *
     * @param build for the audit log: which build this is, as the door names it
     */
    public Plan plan(Request request, Tenant tenant, Service service, SourceState source, String build) {
        EnvironmentName target =
                request.target() == null ? service.environments().get(0) : request.target();
        List<Bucket> buckets =
                new ArrayList<>(source.reusable() == null ? image(tenant, service, source) : reused(service, source));
        CommitRelease release = new CommitRelease(
                "release",
                tenant.name(),
                service.name(),
                target,
                source.reusable(),
                source.reusable() == null ? "image" : "",
                request.actor(),
                build);
        buckets.add(Bucket.of(release));
        buckets.add(Bucket.of(
                new AwaitRollout("rollout", tenant, service.name(), target, release.id(), null, rolloutTimeout)));
        return new Plan("Deliver " + service.name() + " to " + target, request, List.of(), buckets, List.of());
    }

    private List<Bucket> image(Tenant tenant, Service service, SourceState source) {
        BuildArtifact build = new BuildArtifact(
                "build",
                service.name(),
                source.path(),
                builder,
                catalog.platform().projectMavenWrapper());
        VerifyArtifact check = new VerifyArtifact("check", service.name(), build.id());
        RunUnitTests tests = new RunUnitTests(
                "tests", service.name(), build.id(), catalog.platform().noTests());
        PublishImage image = new PublishImage(
                "image",
                tenant.name(),
                service.name(),
                catalog.imagesOf(tenant, service),
                catalog.platform().baseImage(),
                source.commit(),
                source.tree(),
                service.repository().value(),
                source.buildKey(),
                build.id(),
                tests.id());
        return List.of(
                Bucket.of(build),
                new Bucket("Check and test " + service.name(), List.of(check, tests)),
                Bucket.of(image));
    }

    private static List<Bucket> reused(Service service, SourceState source) {
        String reason = "the registry has the image of these very sources: "
                + source.reusable().image().digest().abbreviated();
        return List.of(
                Bucket.of(new NotNeeded("build", "Build " + service.name(), reason)),
                Bucket.of(new NotNeeded("image", "Image of " + service.name(), reason)));
    }
}
