package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.Imaas;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest.PathRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.run.Event;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.RealServer;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a known image to production, over dev, test and prod, on a real Argo CD: one service by the command line, and all of a
 * tenant at once in one process. docs/real-systems.md says how Kargo does the same on the same server.
 */
@Tag("real")
class RealPathBench {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final String DUE = "offboarding: {from: 2020-01-01, reason: the end of the measurement}";

    /** How many services; {@code IMAAS_REAL_SERVICES}. */
    private final int many = Integer.parseInt(System.getenv().getOrDefault("IMAAS_REAL_SERVICES", "30"));

    /** How often one service and all of them; {@code IMAAS_REAL_ROUNDS}. */
    private final int rounds = Integer.parseInt(System.getenv().getOrDefault("IMAAS_REAL_ROUNDS", "2"));

    @TempDir
    Path folder;

    private final String tenant = "path" + Long.toString(System.nanoTime(), 36);
    private Path bare;
    private String gitops;
    private RealCommand imaas;
    private LoopbackRegistry registry;

    @BeforeEach
    void onboard() throws IOException {
        bare = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), tenant + ".git");
        gitops = RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + ".git";
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        imaas = new RealCommand(folder, tenant, gitops);
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare.toString());
        write(
                folder.resolve("platform"),
                "platform.yaml",
                "platform: path\nregistries: [\"" + registry.address() + "/path\"]\n"
                        + "policy:\n  images: {check: optional}\n");
        write(folder.resolve("platform"), "tenants/" + tenant + ".yaml", metadata(""));
        imaas.done("onboard", tenant);
        withoutMinimum();
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (imaas != null) {
            write(folder.resolve("platform"), "tenants/" + tenant + ".yaml", metadata(DUE));
            imaas.run("onboard", tenant);
            registry.close();
            FileUtils.delete(bare.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    @Test
    void oneCommand() {
        for (String digest : List.of("a1", "b2", "c3")) {
            String image = image(0, digest);
            Instant begin = Instant.now();
            String said = imaas.done(
                    "release", "s0", "dev", "--image", image, "--version", digest, "--no-image-check", "--to", "prod");
            tell("one service, one command", begin, imaas.lastCpu());
            assertThat(said).contains("Roll out s0 to prod");
        }
    }

    @Test
    void inAProcessThatRunsAlready() throws Exception {
        Settings settings = new Settings();
        try (Assembly assembly = settings.assembly()) {
            Imaas whole = Imaas.on(assembly.ports().build(), settings.catalog());
            for (int round = 0; round < rounds; round++) {
                for (int services : many > 1 ? List.of(1, many) : List.of(1)) {
                    String digest = Integer.toHexString(0x61 + 2 * round + (services == 1 ? 0 : 1));
                    together(whole, services, digest);
                    other(services, digest);
                }
            }
        }
    }

    /** The same by another tool on the same servers, in turns with ours, so that both meet the same load. */
    private static void other(int services, String digest) throws Exception {
        String program = System.getenv("IMAAS_REAL_OTHER");
        if (program != null) {
            new ProcessBuilder(program, "run", "" + services, digest)
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    /** All services at once, each with a plan of its own. */
    private void together(Imaas whole, int services, String digest) throws Exception {
        Tenant at = whole.catalog().tenants().get(0);
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Double> servers = meter();
        long cpu = machine.getProcessCpuTime();
        Instant begin = Instant.now();
        ExecutorService threads = Executors.newFixedThreadPool(services);
        List<Future<Duration>> ends = new ArrayList<>();
        AtomicInteger last = new AtomicInteger();
        for (int i = 0; i < services; i++) {
            int service = i;
            ends.add(threads.submit(() -> {
                ReleaseRequest release = new ReleaseRequest(
                        new ServiceName("s" + service), DEV, ImageRef.parse(image(service, digest)), digest, null, "");
                List<String> steps = new ArrayList<>();
                RunResult result =
                        whole.run(whole.plan(at, new PathRequest(release, PROD), Actor.unverified("@ann")), event -> {
                            if (event instanceof Event.StepEnded ended) {
                                steps.add(ended.took().toMillis() + " ms "
                                        + ended.step().title() + ": " + ended.outcome());
                            }
                        });
                assertThat(result.failures()).as(String.join("\n", steps)).isEmpty();
                if (services == 1 || last.incrementAndGet() == services) {
                    steps.forEach(step -> System.out.println("  " + step.replaceAll(": .*", "")));
                }
                return Duration.between(begin, Instant.now());
            }));
        }
        List<Duration> took = new ArrayList<>();
        for (Future<Duration> end : ends) {
            took.add(end.get());
        }
        threads.shutdown();
        took.sort(null);
        tell(
                services + " at once in one process: first " + took.get(0).toMillis() + " ms, median "
                        + took.get(services / 2).toMillis() + " ms",
                begin,
                Duration.ofNanos(machine.getProcessCpuTime() - cpu));
        meter().forEach((server, seconds) -> System.out.printf(
                "  servers: %s %.1f s of CPU%n", server, seconds - servers.getOrDefault(server, 0.0)));
    }

    /** What the servers have used so far, if {@code IMAAS_REAL_METER} names a program that prints it, a server a line. */
    private static Map<String, Double> meter() throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        String program = System.getenv("IMAAS_REAL_METER");
        if (program != null) {
            for (String line : new String(
                            new ProcessBuilder(program).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .split("\n")) {
                String[] words = line.split(" ");
                seconds.put(words[0], Double.valueOf(words[1]));
            }
        }
        return seconds;
    }

    private static void tell(String what, Instant begin, Duration cpu) {
        System.out.println(what + ": " + Duration.between(begin, Instant.now()).toMillis() + " ms, " + cpu.toMillis()
                + " ms of CPU, load "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private String image(int service, String digest) {
        return registry.address() + "/path/" + tenant + "/s" + service + "@sha256:" + digest + "0".repeat(62);
    }

    private String metadata(String due) {
        StringBuilder text = new StringBuilder(
                """
                tenant: %s
                owners: ["@ann"]
                contact: orders@acme.example
                gitops: %s
                %s
                environments: [{name: dev}, {name: test}, {name: prod, replicas: 3}]
                quota: {cpu: 800, memory: 1600Gi, pods: 4000}
                services:
                """
                        .formatted(tenant, gitops, due));
        for (int i = 0; i < many; i++) {
            text.append(
                    "  - {name: s" + i + ", repository: 'https://git.acme.example/s" + i + ".git', type: worker}\n");
        }
        return text.toString();
    }

    /** As the manifests that Kargo gets: a pod counts as soon as it is ready. */
    private void withoutMinimum() throws IOException {
        Git.in(folder).run("clone", "-q", "-b", "dev", bare.toString(), "hand");
        Git hand = Git.in(folder.resolve("hand"));
        for (int i = 0; i < many; i++) {
            Path values = folder.resolve("hand/services/s" + i + "/values.yaml");
            Files.createDirectories(values.getParent());
            String now = Files.exists(values) ? Files.readString(values) : "";
            Files.writeString(values, now + "\nrollout: {minReadySeconds: 0}\n");
        }
        hand.run("add", "-A");
        hand.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-q", "-m", "At once");
        hand.run("push", "-q", "origin", "dev");
    }

    /** What a server or Jenkins holds for as long as it runs. */
    private final class Settings {
        Assembly assembly() {
            ServerSettings argo = new ServerSettings(
                    URI.create(RealServer.variable("IMAAS_REAL_ARGOCD")),
                    new Secret(RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN")),
                    "");
            return new Assembly(folder.resolve("warm"))
                    .git(TestKey.signed(GitSettings.of(
                                    folder.resolve("warm/git"), GitAccess.anonymous(), Assembly.systemClock()))
                            .speakingTo(new GitHosts(Set.of(gitops.replaceFirst("(//[^/]+)/.*", "$1")), true)))
                    .key(folder.resolve("cache/key"))
                    .charts()
                    .argoCd(ArgoCdSettings.of(argo));
        }

        Catalog catalog() throws IOException {
            return CatalogReader.read(Map.of(
                            "platform.yaml",
                            Files.readString(folder.resolve("platform/platform.yaml")),
                            "tenants/" + tenant + ".yaml",
                            metadata("")))
                    .orThrow();
        }
    }
}
