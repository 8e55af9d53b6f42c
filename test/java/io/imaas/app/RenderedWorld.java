package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.PlannedStep;
import io.imaas.port.GitRepository;
import io.imaas.port.RegistrySpaces;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tenant {@code orders} with two services, of which people and the orchestrator write: real Git, the real chart and Helm. */
final class RenderedWorld implements AutoCloseable {
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final EnvironmentName TEST = new EnvironmentName("test");
    static final ServiceName API = new ServiceName("order-api");
    static final ServiceName SYNC = new ServiceName("order-sync");

    private final Path folder;
    private final GitRepositories repositories;
    private final Assembly assembly;
    private String kept = "";

    RenderedWorld(Path folder) {
        this(folder, "one");
    }

    /** @param process of the orchestrator: has a clone and a cache of its own */
    RenderedWorld(Path folder, String process) {
        this.folder = folder;
        if (!Files.exists(folder.resolve("gitops.git"))) {
            Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        }
        if (!Files.exists(folder.resolve("hand"))) {
            Git.in(folder).run("clone", "-q", "gitops.git", "hand");
        }
        Path own = folder.resolve(process);
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        repositories =
                new GitRepositories(TestKey.signed(GitSettings.of(own.resolve("git"), GitAccess.anonymous(), clock)));
        assembly = new Assembly(own, clock, Map.of());
        assembly.git(repositories::at).charts().key(TestKey.file());
        assembly.with(RegistrySpaces.class, (policy, images, owner) -> Optional.empty());
    }

    /** Where both services run in dev. */
    static RenderedWorld ofTwoServices(Path folder) {
        RenderedWorld world = new RenderedWorld(folder);
        world.run(world.catalog(), release(API, 'a'));
        world.run(world.catalog(), release(SYNC, 'a'));
        return world.kept();
    }

    /** Remembers how it is now, for {@link #reset}. */
    RenderedWorld kept() {
        kept = refs();
        return this;
    }

    /** As it was when that was kept, the person's clone too. */
    void reset() {
        resetServer();
        checkout("dev");
    }

    void resetServer() {
        Map<String, String> refs = new TreeMap<>();
        refs().lines().map(line -> line.split(" ")).forEach(ref -> refs.put(ref[1], "delete " + ref[1]));
        kept.lines().map(line -> line.split(" ")).forEach(ref -> refs.put(ref[1], "update " + ref[1] + " " + ref[0]));
        git().told(String.join("\n", refs.values()) + "\n", "update-ref", "--stdin");
    }

    private String refs() {
        return git().run("for-each-ref", "--format=%(objectname) %(refname)");
    }

    Assembly assembly() {
        return assembly;
    }

    /** Its metadata, with more lines of {@code platform.yaml}. */
    Map<String, String> files(String more) {
        Map<String, String> files = Metadata.files(
                "registry.example.org/imaas",
                "orders",
                "file://" + folder.resolve("gitops.git"),
                new TreeMap<>(Map.of(
                        API.value(), "repository: https://github.com/acme/order-api.git",
                        SYNC.value(), "repository: https://github.com/acme/order-sync.git")));
        files.computeIfPresent("platform.yaml", (path, text) -> text + more);
        return files;
    }

    Catalog catalog() {
        return catalog("");
    }

    Catalog catalog(String more) {
        return CatalogReader.read(files(more)).orThrow();
    }

    GitRepository repository() {
        return repositories.at(catalog().tenants().get(0).gitops());
    }

    Imaas imaas(Catalog catalog) {
        return Imaas.on(assembly.ports().build(), catalog);
    }

    IntendedPlan plan(Catalog catalog, PlanRequest request) {
        return imaas(catalog).committing().plan(catalog.tenants().get(0), request, Actor.unverified("@ann"));
    }

    RunResult tried(Catalog catalog, PlanRequest request) {
        return imaas(catalog).run(plan(catalog, request), event -> {});
    }

    void run(Catalog catalog, PlanRequest request) {
        assertThat(tried(catalog, request).failures()).isEmpty();
    }

    static ReleaseRequest release(ServiceName service, char digit) {
        ImageRef image = ImageRef.parse("registry.example.org/imaas/orders/" + service + "@sha256:"
                + String.valueOf(digit).repeat(64));
        return new ReleaseRequest(service, DEV, image, "1.0." + (int) digit, null, "");
    }

    static ReviewRequest review(DirectChangePolicy policy) {
        return new ReviewRequest(DEV, null, null, policy);
    }

    /** The program's chart with one object more and a file less, at a commit; as {@code platform.yaml} names it. */
    String otherChart(String more) throws IOException {
        Path chart = folder.resolve("charts/mi");
        for (Map.Entry<String, byte[]> file : new TreeMap<>(BundledChart.files()).entrySet()) {
            Path target = chart.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Files.delete(chart.resolve("README.md"));
        Path config = chart.resolve("templates/config.yaml");
        Files.writeString(
                config,
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-note\n  labels:\n"
                        + "    {{- include \"mi.labels\" . | nindent 4 }}\ndata:\n  note: of-the-new-chart\n" + more
                        + "\n---\n" + Files.readString(config));
        Git git = Git.in(folder.resolve("charts"));
        git.run("init", "-q", "-b", "main");
        git.run("add", "-A");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "chart");
        return "{git: \"file://" + folder.resolve("charts") + "\", commit: "
                + git.run("rev-parse", "HEAD").strip() + ", path: mi}";
    }

    /** Without what needs a cluster, a registry or a CI server. */
    static IntendedPlan toGit(IntendedPlan plan) {
        return plan.without(plan.plan()
                .steps()
                .filter(step -> !(step instanceof CommitFiles || step instanceof EnsureGitOps))
                .map(PlannedStep::getClass)
                .collect(Collectors.toSet()));
    }

    Git git() {
        return Git.in(folder.resolve("gitops.git"));
    }

    String show(String branch, String path) {
        return git().run("show", branch + ":" + path);
    }

    /** The message of a branch's last commit. */
    String message(String branch) {
        return git().run("log", "-1", "--format=%B", branch);
    }

    /** A person's own clone. */
    Git hand() {
        return Git.in(folder.resolve("hand"));
    }

    Path hand(String path) {
        return folder.resolve("hand").resolve(path);
    }

    /** The person goes on from a branch; one that is not there is begun. */
    void checkout(String branch) {
        hand().run("fetch", "-q", "--prune");
        if (git().run("branch", "--list", branch).isBlank()) {
            hand().run("checkout", "-q", "--orphan", branch);
        } else {
            hand().run("checkout", "-q", "-f", "-B", branch, "origin/" + branch);
            hand().run("clean", "-fdqx");
        }
    }

    void write(String path, String text) {
        try {
            Files.createDirectories(hand(path).getParent());
            Files.writeString(hand(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hand().run("add", path);
    }

    /** What the person has put into the index. */
    CommitId push(String branch) {
        hand().run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "By hand");
        hand().run("push", "-q", "origin", branch);
        return new CommitId(hand().run("rev-parse", "HEAD").strip());
    }

    @Override
    public void close() {
        assembly.close();
        repositories.close();
    }
}
