package io.imaas.plan.promotion;

import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.record.Trust;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.Environment.OverridePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Windows;
import io.imaas.model.tenancy.Windows.Freeze;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant with services api and sync in dev, test and prod, and its platform, in words.
 *
 * @param <S> what every word gives back
 */
abstract class TenantInWords<S extends TenantInWords<S>> {
    List<HttpGate> gates = List.of();
    static final List<String> PATH = List.of("dev", "test", "prod");
    private final Map<String, Duration> soaks = new HashMap<>();
    private final Map<String, List<Freeze>> freezes = new HashMap<>();
    private final Map<String, Windows> windows = new HashMap<>();
    private final Map<String, ApprovalPolicy> policies = new HashMap<>();
    private final Map<String, List<String>> approvers = new HashMap<>();
    private final Map<String, List<String>> paths = new HashMap<>(Map.of("api", PATH, "sync", PATH));
    private final List<String> byPullRequest = new ArrayList<>();
    private final List<String> merging = new ArrayList<>();
    private Trust trust = Trust.NONE;
    private final Map<String, Stop> stops = new HashMap<>();
    private final Map<String, Offboarding> tombstones = new HashMap<>();
    private ImagePolicy images = ImagePolicy.USUAL;
    private ManifestPolicy manifests = ManifestPolicy.USUAL;
    private Platform.NoTests noTests = Platform.NoTests.WARN;

    public S pullRequests(String environment) {
        byPullRequest.add(environment);
        return self();
    }

    public S autoMerge(String environment) {
        merging.add(environment);
        return pullRequests(environment);
    }

    public S soak(String environment, int minutes) {
        soaks.put(environment, Duration.ofMinutes(minutes));
        return self();
    }

    public S windows(String environment, Windows given) {
        windows.put(environment, given);
        return self();
    }

    public S freeze(String environment, String from, String to, String reason) {
        freezes.computeIfAbsent(environment, e -> new ArrayList<>())
                .add(new Freeze(LocalDate.parse(from), LocalDate.parse(to), reason));
        return self();
    }

    public S approvers(String environment, String team) {
        approvers.put(environment, List.of(team));
        return self();
    }

    public S path(String service, String... environments) {
        paths.put(service, List.of(environments));
        return self();
    }

    /** @param what {@code platform}, {@code tenant} or a service's name */
    /** @param what {@code tenant}, or a service */
    public S goes(String what, String from, String reason) {
        tombstones.put(what, new Offboarding(LocalDate.parse(from), reason));
        return self();
    }

    public S stopped(String what, String reason, String by) {
        stops.put(what, new Stop(reason, by));
        return self();
    }

    public S noTests(Platform.NoTests policy) {
        noTests = policy;
        return self();
    }

    public S images(ImagePolicy policy) {
        images = policy;
        return self();
    }

    /** Images that may run migrations. */
    public S listing(Map<MigrationTool, List<ImageRef>> migrations) {
        manifests = new ManifestPolicy(List.of(), List.of(), migrations);
        return self();
    }

    public S people(Trust known) {
        trust = known;
        return self();
    }

    public S approvals(String environment, ApprovalPolicy policy) {
        policies.put(environment, policy);
        return self();
    }

    final ApprovalPolicy approvals(String environment) {
        return policies.getOrDefault(environment, ApprovalPolicy.oneOf(approvers.getOrDefault(environment, List.of())));
    }

    public Platform platform() {
        return new Platform(
                "acme",
                List.of(ImageRepository.parse("registry.example.org/acme")),
                "",
                ZoneOffset.UTC,
                noTests,
                false,
                OverridePolicy.by(List.of("@admin")),
                stop("platform"),
                images,
                manifests,
                trust,
                Map.of(),
                gates,
                List.of(),
                false,
                OnboardingPolicy.USUAL);
    }

    final Stop stop(String what) {
        return stops.getOrDefault(what, Stop.NONE);
    }

    public Tenant tenant() {
        RepositoryUrl url = new RepositoryUrl("https://git.example.org/orders.git");
        return new Tenant(
                "acme",
                new TenantName("orders"),
                "Orders",
                List.of("@acme/leads"),
                "orders@example.org",
                url,
                PATH.stream().map(this::environment).toList(),
                new Quota("8", "16Gi", 40),
                List.of(),
                paths.entrySet().stream()
                        .map(e -> new Service(
                                new ServiceName(e.getKey()),
                                url,
                                ServiceType.WORKER,
                                e.getValue().stream().map(EnvironmentName::new).toList(),
                                stop(e.getKey()),
                                tombstones.getOrDefault(e.getKey(), Offboarding.NONE),
                                List.of(),
                                List.of(),
                                List.of(),
                                ""))
                        .toList(),
                stop("tenant"),
                tombstones.getOrDefault("tenant", Offboarding.NONE),
                Delivery.HELM,
                Reach.NONE,
                List.of(),
                Previews.NONE);
    }

    final Environment environment(String name) {
        return new Environment(
                new EnvironmentName(name),
                approvals(name),
                1,
                freezes.getOrDefault(name, List.of()),
                soaks.getOrDefault(name, Duration.ZERO),
                byPullRequest.contains(name),
                false,
                DirectChangePolicy.FLAG,
                merging.contains(name),
                Offboarding.NONE,
                windows.getOrDefault(name, Windows.ALWAYS),
                false);
    }

    abstract S self();
}
