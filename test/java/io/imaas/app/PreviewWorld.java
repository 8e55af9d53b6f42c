package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.PublishImage;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.Deployments;
import io.imaas.port.ImageRegistry;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.PullRequest;
import io.imaas.report.StandingPreview;
import io.imaas.run.RunResult;
import io.imaas.step.chart.Charts;
import io.imaas.testing.Git;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** A tenant with previews: real bare repositories, registry, chart and Helm; a deployment server and a forge that are not there. */
final class PreviewWorld implements AutoCloseable {
    static final String PREVIEWS = "previews: {ttl: 72h, max: 2, like: dev, quota: {cpu: 2, memory: 4Gi, pods: 5}}\n";

    final World world;
    final Set<String> applications = new ConcurrentSkipListSet<>();
    final Map<Integer, PullRequest> pulls = new ConcurrentHashMap<>();
    final Map<Integer, String> comments = new ConcurrentHashMap<>();
    volatile boolean forgeAnswers = true;
    volatile boolean deploymentsAnswer = true;
    private final Path folder;

    PreviewWorld(Path folder) {
        this.folder = folder;
        world = new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"))
                .with("tenants/orders.yaml", PREVIEWS);
        world.released("dev", world.release("1.0.0", null));
        world.byHand(
                "dev",
                "Values",
                Map.of(
                        "services/order-api/values.yaml",
                        "tenant: orders\nservice: order-api\ntype: gateway\n",
                        "services/order-api/env/dev.yaml",
                        "environment: dev\nreplicas: 1\n"));
        Tenant tenant = world.tenant();
        List<StepGroup> branch = new OnboardingPlanner(world.catalog(), LocalDate.EPOCH)
                .plan(null, tenant).groups().stream()
                        .filter(group -> group.steps().stream()
                                .anyMatch(step -> step.id().equals(EnsureGitOps.id(Previews.SPACE))))
                        .toList();
        Plan onboarding = new Plan("Begin", null, List.of(), branch, List.of());
        assertThat(imaas().run(new IntendedPlan(Intent.REVIEW, tenant, onboarding, List.of(), ""), event -> {})
                        .failures())
                .isEmpty();
    }

    Imaas imaas() {
        Ports ports = world.gitOnly()
                .with(ImageRegistry.class, new HttpImageRegistry(RegistryCredentials.none()))
                .with(Deployments.class, new Server())
                .with(Charts.class, world.charts())
                .forges(url -> Optional.of(forge()))
                .build();
        return Imaas.on(ports, world.catalog());
    }

    IntendedPlan plan(PlanRequest request) {
        return imaas().plan(world.tenant(), request, Actor.unverified("@ann"));
    }

    /** Somebody pushed to the branch of a pull request. */
    DeliverRequest pushed(int number, String content, boolean fork) {
        CommitId commit = world.push("feature-" + number, Map.of("pom.xml", "<project>" + content + "</project>"));
        pulls.put(number, new PullRequest(number, "https://forge.example.org/" + number, commit, true, null, fork));
        return new DeliverRequest(
                new SourceChange(
                        world.url("sources"),
                        commit,
                        new SourceHead.PullRequest(number, new BranchName("dev"), fork),
                        "build 7"),
                BuildOptions.none());
    }

    /** Has the image of the request made as a build makes it, so that nothing is left to be built. */
    DeliverRequest built(DeliverRequest request) {
        plan(request)
                .plan()
                .steps()
                .filter(PublishImage.class::isInstance)
                .map(PublishImage.class::cast)
                .forEach(step -> world.publish(step, "passed"));
        return request;
    }

    RunResult deliver(int number, String content) {
        return run(built(pushed(number, content, false)));
    }

    RunResult run(PlanRequest request) {
        Imaas imaas = imaas();
        return imaas.run(imaas.plan(world.tenant(), request, Actor.unverified("@ann")), event -> {});
    }

    RunResult sweep() {
        return run(StandingPreview.removal(previews()));
    }

    List<StandingPreview> previews() {
        return imaas().overview(world.tenant()).previews();
    }

    List<String> names() {
        return previews().stream()
                .map(StandingPreview::name)
                .map(ServiceName::value)
                .toList();
    }

    void close(int number, boolean merged) {
        PullRequest open = pulls.get(number);
        pulls.put(
                number,
                new PullRequest(number, open.url(), open.head(), false, merged ? open.head() : null, open.fork()));
    }

    List<String> files(String branch) {
        return git().run("ls-tree", "-r", "--name-only", branch)
                .lines()
                .filter(path -> !path.startsWith(".chart/"))
                .toList();
    }

    String show(String branch, String path) {
        return git().run("show", branch + ":" + path);
    }

    Git git() {
        return Git.in(folder.resolve("gitops.git"));
    }

    @Override
    public void close() {
        world.close();
    }

    private PullRequests forge() {
        return (PullRequests) Proxy.newProxyInstance(
                PullRequests.class.getClassLoader(), new Class<?>[] {PullRequests.class}, (proxy, method, given) -> {
                    if (!forgeAnswers) {
                        throw FailureException.external(
                                "the forge does not answer", "forge", "", Duration.ofSeconds(1));
                    }
                    return switch (method.getName()) {
                        case "find" -> Optional.ofNullable(pulls.get((Integer) given[0]));
                        case "comment" -> {
                            comments.put((Integer) given[0], (String) given[2]);
                            yield null;
                        }
                        case "status" -> null;
                        case "annotate" -> ((List<?>) given[3]).size();
                        default -> throw new AssertionError(method);
                    };
                });
    }

    private final class Server implements Deployments {
        private String name(Tenant tenant, ServiceName service, EnvironmentName environment) {
            if (!deploymentsAnswer) {
                throw FailureException.external(
                        "the deployment server does not answer", "argocd", "", Duration.ofSeconds(1));
            }
            return tenant.application(service, environment);
        }

        @Override
        public List<Effect> ensure(
                Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
            String name = name(tenant, service.name(), environment);
            return List.of(
                    applications.add(name)
                            ? Effect.created("Application", name, "")
                            : Effect.unchanged("Application", name));
        }

        @Override
        public List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
            String name = name(tenant, service.name(), environment);
            return List.of(
                    applications.remove(name)
                            ? Effect.deleted("Application", name, "")
                            : Effect.unchanged("Application", name));
        }

        @Override
        public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
            return Optional.of(name(tenant, service.name(), environment)).filter(applications::contains);
        }

        @Override
        public List<String> foreign(Tenant tenant) {
            return List.of();
        }

        @Override
        public List<Effect> removeProject(Tenant tenant, EnvironmentName environment) {
            return List.of();
        }

        @Override
        public RolloutStatus follow(RolloutTarget target) {
            boolean there = applications.contains(target.application());
            return new RolloutStatus.Ended(new RolloutOutcome(
                    there ? Verdict.LIVE : Verdict.FAILED,
                    target.commit(),
                    List.of(),
                    world.clock().now()));
        }

        @Override
        public AutoCloseable watch(RolloutTarget target, Runnable listener) {
            return () -> {};
        }

        @Override
        public void check() {}
    }
}
