package io.imaas.plan.delivery;

import io.imaas.model.request.Request;
import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.VulnerabilityPolicy;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.plan.step.AttestImage;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PublishImage;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.VerifyArtifact;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides how a service gets from its sources to the request's environment: built once, or not at all. */
public record DeliveryPlanner(Catalog catalog, BuildRules rules, Duration rolloutTimeout) implements Serializable {
    /**
     * Build, check, test, image, release and rollout; an image of the same build key is taken as it is.
     *
     * @param build for the audit log: which build this is, as the door names it
     * @param there the service as it is in that environment; null where nobody has to know
     * @param now a service that goes gets nothing new
     */
    public Plan plan(
            Request request,
            Tenant tenant,
            Service service,
            SourceState source,
            String build,
            ServiceState there,
            Instant now) {
        EnvironmentName target =
                request.target() == null ? service.environments().get(0) : request.target();
        List<StepGroup> groups = new ArrayList<>(imageOrReused(tenant, service, source, build));
        CommitRelease release = new CommitRelease(
                "release",
                tenant.name(),
                service.name(),
                target,
                source.reusable(),
                source.reusable() == null ? "image" : "",
                request.actor(),
                build,
                source.migration() == null ? "" : source.migration().text());
        groups.add(StepGroup.of(release));
        groups.add(StepGroup.of(new AwaitRollout(
                "rollout", tenant.name(), service.name(), target, release.id(), null, rolloutTimeout)));
        Optional<Question> question =
                question(catalog.platform(), tenant, service, target, source.migration(), there, now);
        List<GateAnswer> gates = question.map(GateTable::ask).orElse(List.of());
        return new Plan(
                "Deliver " + service.name() + " to " + target,
                request,
                gates,
                groups,
                question.map(asked -> GateTable.migrations(asked, gates)).orElse(List.of()));
    }

    /** What a build without a migration is asked before it starts: nobody knows its image yet. */
    public static List<GateAnswer> gates(
            Platform platform, Tenant tenant, Service service, EnvironmentName target, Instant now) {
        return question(platform, tenant, service, target, null, null, now)
                .map(GateTable::ask)
                .orElse(List.of());
    }

    private static Optional<Question> question(
            Platform platform,
            Tenant tenant,
            Service service,
            EnvironmentName target,
            Migration migration,
            ServiceState there,
            Instant now) {
        Snapshot nothing = Snapshot.of(new GitOpsState(List.of(), List.of(), List.of(), List.of(), null, now));
        ServiceState unknown = new ServiceState(service.name(), null, null, null, null, null).with(migration);
        return tenant.environment(target)
                .map(environment -> new Question(
                        Occasion.DELIVERY,
                        platform,
                        tenant,
                        nothing,
                        Overrides.NONE,
                        List.of(new Candidate(service, null, environment, unknown, there))));
    }

    /** Build, check, test and image, released nowhere; an image of the same build key is taken as it is. */
    public Plan image(Request request, Tenant tenant, Service service, SourceState source, String build) {
        return new Plan(
                "Image of " + service.name(),
                request,
                List.of(),
                imageOrReused(tenant, service, source, build),
                List.of());
    }

    /**
     * Build, check and test: nothing leaves the machine that builds.
     *
     * @param path the MI project's folder within the repository, {@code ""} for its root
     */
    public Plan check(Request request, Service service, String path) {
        return new Plan("Check " + service.name(), request, List.of(), checked(service, path), List.of());
    }

    private List<StepGroup> imageOrReused(Tenant tenant, Service service, SourceState source, String build) {
        return source.reusable() == null ? image(tenant, service, source, build) : reused(service, source);
    }

    private List<StepGroup> checked(Service service, String path) {
        BuildArtifact build = new BuildArtifact("build", service.name(), path, rules.builder(), rules.projectWrapper());
        VerifyArtifact check = new VerifyArtifact("check", service.name(), build.id(), rules.lint());
        RunUnitTests tests = new RunUnitTests(
                "tests", service.name(), build.id(), rules.noTests(), rules.testServers(), rules.testTimeout());
        return List.of(StepGroup.of(build), new StepGroup("Check and test " + service.name(), List.of(check, tests)));
    }

    private List<StepGroup> image(Tenant tenant, Service service, SourceState source, String build) {
        List<StepGroup> groups = new ArrayList<>(checked(service, source.path()));
        groups.add(StepGroup.of(new PublishImage(
                "image",
                tenant.name(),
                service.name(),
                catalog.imagesOf(tenant, service),
                rules.base(),
                rules.labels(),
                source.commit(),
                source.tree(),
                service.repository().value(),
                source.buildKey(),
                "build",
                "tests",
                catalog.platform()
                        .images()
                        .vulnerabilities()
                        .flatMap(VulnerabilityPolicy::scan)
                        .orElse(null))));
        groups.add(StepGroup.of(new AttestImage(
                "provenance",
                new BuildOrigin(
                        tenant.name(),
                        service.name(),
                        service.repository().value(),
                        source.commit(),
                        source.ref(),
                        source.path(),
                        rules.base(),
                        rules.builder(),
                        source.buildKey(),
                        build),
                "image",
                "tests")));
        return groups;
    }

    private static List<StepGroup> reused(Service service, SourceState source) {
        String reason = "the registry has the image of these very sources: "
                + source.reusable().image().digest().abbreviated();
        return List.of(
                StepGroup.of(new NotNeeded("build", "Build " + service.name(), reason)),
                StepGroup.of(new NotNeeded("image", "Image of " + service.name(), reason)));
    }
}
