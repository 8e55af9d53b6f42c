package io.imaas.app;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.HistogramTextDiff;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.helm.LocalCharts;
import io.imaas.adapter.kubernetes.ManifestWorkloads;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanReport;
import io.imaas.model.record.Statement;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.PublishImage;
import io.imaas.port.Clock;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageRegistry;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.SignedStatements;
import io.imaas.port.TextDiff;
import io.imaas.port.ValuesEditor;
import io.imaas.run.Outcome;
import io.imaas.run.StepOutput;
import io.imaas.step.chart.Charts;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.AuthorsObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.ReleaseObserver;
import io.imaas.step.record.HealthLedger;
import io.imaas.step.record.ScanReports;
import io.imaas.step.runner.CommitReleaseRunner;
import io.imaas.step.runner.Landings;
import io.imaas.step.runner.ReleaseCheck;
import io.imaas.step.runner.ReleaseGates;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Person;
import io.imaas.testing.Silence;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Real bare repositories and a real registry on loopback; the tenant {@code orders}. */
final class World implements AutoCloseable {
    private final Map<String, String> more = new HashMap<>();
    private final Path folder;
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final GitRepositories repositories;
    private final LoopbackRegistry registry;
    private final ByteExactValuesEditor values = new ByteExactValuesEditor();
    private final Map<String, String> services;

    World(Path folder, Map<String, String> services) {
        this(folder, services, CommitSigning.by(TestKey.statements()));
    }

    /** @param signing of the orchestrator's own commits */
    World(Path folder, Map<String, String> services, CommitSigning signing) {
        this.folder = folder;
        this.services = services;
        this.repositories = new GitRepositories(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock)
                .signedBy(signing));
        this.registry = LoopbackRegistry.start(folder.resolve("images"), 0);
        List.of("gitops.git", "sources.git").forEach(name -> Person.repository(folder.resolve(name)));
        ann().clones(url("sources").value());
    }

    RepositoryUrl url(String name) {
        return new RepositoryUrl("file://" + folder.resolve(name + ".git"));
    }

    private Person ann() {
        return new Person("ann", folder.resolve("work"));
    }

    private Git work() {
        return Git.in(folder.resolve("work"));
    }

    Catalog catalog() {
        return CatalogReader.read(metadata()).orThrow();
    }

    /** The files of the platform repository. */
    Map<String, String> metadata() {
        Map<String, String> files = Metadata.files(
                registry.address() + "/imaas", "orders", url("gitops").value(), services);
        files.replaceAll((path, text) -> text + more.getOrDefault(path, ""));
        return files;
    }

    /** Further lines of one of them. */
    World with(String path, String lines) {
        more.put(path, lines);
        return this;
    }

    Tenant tenant() {
        return catalog().tenants().get(0);
    }

    /** What only running a plan needs is left out: planning must not touch it. */
    Ports ports() {
        return gitOnly()
                .with(ImageRegistry.class, new HttpImageRegistry(RegistryCredentials.none()))
                .with(Deployments.class, none(Deployments.class))
                .build();
    }

    /** For whoever leaves images and rollouts to others. */
    Ports.Builder gitOnly() {
        return Ports.builder()
                .with(RegistrySpaces.class, (policy, images, owner) -> Optional.empty())
                .git(repositories::at)
                .with(ValuesEditor.class, values)
                .with(TextDiff.class, new HistogramTextDiff())
                .with(Clock.class, clock)
                .with(SignedStatements.class, TestKey.statements());
    }

    ManualClock clock() {
        return clock;
    }

    private static <T> T none(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    throw new AssertionError("planning called " + method);
                }));
    }

    Imaas imaas() {
        return Imaas.on(ports(), catalog());
    }

    IntendedPlan plan(PlanRequest request, String actor) {
        return imaas().plan(tenant(), request, Actor.unverified(actor));
    }

    /** Commits files to a branch of the sources and pushes it. */
    CommitId push(String branch, Map<String, String> files) {
        return ann().push(branch, "Change " + files.keySet(), files);
    }

    private void write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TreeHash tree(CommitId commit) {
        return new TreeHash(work().run("rev-parse", commit + "^{tree}").strip());
    }

    void rewrite(String branch) {
        work().run("checkout", "-q", "--orphan", "other");
        work().run("commit", "-q", "--allow-empty", "-m", "Begin anew");
        work().run("push", "-q", "-f", "origin", "other:" + branch);
    }

    IntendedPlan plan(SourceHead head, CommitId commit) {
        return plan(head, commit, BuildOptions.none());
    }

    IntendedPlan plan(SourceHead head, CommitId commit, BuildOptions wishes) {
        return plan(new DeliverRequest(new SourceChange(url("sources"), commit, head, "build 7"), wishes), "@ann");
    }

    static SourceHead branch(String name) {
        return new SourceHead.Branch(new BranchName(name));
    }

    Path folder() {
        return folder;
    }

    /** Makes the very image that a plan would make, as anybody could who may push. */
    ImageRef push(PublishImage step, String tests) {
        write("work/target/x.car", "car");
        return new JibImageBuilder(folder.resolve("layers"), RegistryCredentials.none())
                .build(
                        new ImageBuilder.Recipe(
                                step.target(),
                                "",
                                folder.resolve("work"),
                                List.of(folder.resolve("work/target/x.car")),
                                List.of(),
                                "4.4.0",
                                Map.of(
                                        "org.opencontainers.image.version",
                                        "1.0.0",
                                        "io.imaas.build-key",
                                        step.buildKey(),
                                        "io.imaas.tests",
                                        tests),
                                Set.of("1.0.0", step.buildKey()),
                                Instant.EPOCH),
                        line -> {})
                .image();
    }

    /** The same, with the provenance that the orchestrator signs. */
    ImageRef publish(PublishImage step, String tests) {
        ImageRef image = push(step, tests);
        attest(image, step.buildKey(), tests, TestKey.statements());
        return image;
    }

    /** Attaches what a scanner found, which is nothing. */
    void scan(ImageRef image, Instant at) {
        attach(image, ScanReports.statement(image, new ScanReport("grype", at, "", List.of())), TestKey.statements());
    }

    private static void attach(ImageRef image, Statement statement, SignedStatements by) {
        new HttpImageRegistry(RegistryCredentials.none()).attach(image, statement.type(), by.sign(statement));
    }

    /** Attaches provenance that somebody signed. */
    void attest(ImageRef image, String buildKey, String tests, SignedStatements by) {
        Provenance provenance = new Provenance(
                new BuildOrigin(
                        tenant().name(),
                        new ServiceName(image.repository().path().replaceFirst(".*/", "")),
                        url("sources").value(),
                        new CommitId("a".repeat(40)),
                        "refs/heads/dev",
                        "",
                        "",
                        "auto",
                        buildKey,
                        "build 7"),
                image,
                "1.0.0",
                tests,
                Instant.parse("2026-01-01T00:00:00Z"));
        attach(image, provenance.statement(), by);
    }

    Release release(String version, TreeHash tree) {
        return new Release(
                new ServiceName("order-api"),
                version,
                null,
                tree,
                new ImageRef(
                        catalog().imagesOf(tenant(), tenant().services().get(0)),
                        new Digest("sha256:" + version.substring(0, 1).repeat(64))));
    }

    /** The orchestrator releases to an environment. */
    CommitId released(String environment, Release release) {
        return released(environment, release, ReleaseCheck.ASKED_BY_THE_PLAN);
    }

    Charts charts() {
        return new Charts(
                new HelmRenderer(),
                new LocalCharts(folder.resolve("charts"), repositories::at, () -> null),
                new ManifestWorkloads(),
                new HistogramTextDiff());
    }

    /** The same, by a build: asked what it would run when it is about to land. */
    CommitId releasedByABuild(String environment, Release release) {
        GitRepository gitops = repositories.at(url("gitops"));
        TenantCharts charts = new TenantCharts(
                charts(), tenant(), gitops, SecretsPolicy.NONE, catalog().platform()::chart);
        ReleaseObserver observer = new ReleaseObserver(
                new GitOpsObserver(gitops, values, clock, TestKey.records("orders")),
                gitops,
                values,
                new ArrivalObserver(gitops, Optional.of(charts), Optional.empty(), List.of()),
                new AuthorsObserver(gitops, service -> gitops, tenant().isRendered()),
                false);
        return released(
                environment,
                release,
                new ReleaseGates(
                        tenant(),
                        new ReleasePlanner(catalog().platform(), tenant()),
                        observer,
                        TestKey.records("orders")));
    }

    private CommitId released(String environment, Release release, ReleaseCheck check) {
        CommitRelease step = new CommitRelease(
                "release",
                tenant().name(),
                release.service(),
                new EnvironmentName(environment),
                release,
                "",
                "@ann",
                "",
                null);
        Outcome outcome = new CommitReleaseRunner(Landings.wantedAlone(repositories.at(url("gitops"))), values, check)
                .run(step, new Silence());
        return ((StepOutput.ChangeLanded) outcome.handedOver().orElseThrow()).commit();
    }

    CommitId head(EnvironmentName environment) {
        return repositories.at(url("gitops")).head(environment.branch()).orElseThrow();
    }

    void healthy(String environment, Release release, CommitId commit) {
        health(environment, release, commit, HealthRecord.Status.HEALTHY);
    }

    void health(String environment, Release release, CommitId commit, HealthRecord.Status status) {
        new HealthLedger(repositories.at(url("gitops")), TestKey.records("orders"))
                .record(new HealthRecord(
                        release.service(),
                        new EnvironmentName(environment),
                        release.image().digest(),
                        status,
                        commit,
                        clock.now(),
                        "seen"));
    }

    /** A file of order-api as it was in the GitOps repository. */
    String git(String revision, String file) {
        return Git.in(folder.resolve("gitops.git")).run("show", revision + ":services/order-api/" + file);
    }

    /** The commit that was rendered last for an environment. */
    String renderedFrom(String environment) {
        return Git.in(folder.resolve("gitops.git"))
                .run("log", "-1", "--format=%(trailers:key=Imaas-Wanted,valueonly)", "rendered/" + environment)
                .strip();
    }

    /** Whether an environment has a branch. */
    boolean has(String environment) {
        return repositories.at(url("gitops")).head(new BranchName(environment)).isPresent();
    }

    /** A person's own push to a branch of the GitOps repository. */
    CommitId byHand(String environment, String message, Map<String, String> files) {
        Person bob = new Person("bob", folder.resolve("hand"));
        if (!Files.exists(bob.folder())) {
            bob.clones(url("gitops").value());
        }
        bob.follow(environment);
        return bob.push(environment, message, files);
    }

    @Override
    public void close() {
        registry.close();
        repositories.close();
    }
}
