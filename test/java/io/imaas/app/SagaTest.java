package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.jobs.JobDslFolder;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.request.OnboardRequest;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.port.JobServer;
import io.imaas.port.RegistrySpaces;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Onboarding with a fault at every write: the world afterwards is the world before. */
class SagaTest {
    private static final Set<String> WRITES = Set.of(
            "Cluster.ensure",
            "GitRepository.land",
            "Deployments.ensure",
            "JobServer.ensureFolder",
            "JobServer.ensureJob");

    /** Of two services in two environments: spaces, branches, applications, the folder, jobs. */
    private static final int LAST_WRITE = 2 + 2 + 4 + 1 + 2;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-28T10:00:00Z");
    private final AtomicInteger writes = new AtomicInteger();
    private final List<String> git = new CopyOnWriteArrayList<>();
    private final Applications applications = new Applications();
    private int fault;
    private RunReport report;

    @Test
    void aNewTenantIsWholeOrNotThere() {
        everyFault(List.of(), "quota: {cpu: 4, memory: 8Gi, pods: 20}", "[one, two]");
    }

    @Test
    void aTenantThatWasThereIsAsItWas() {
        everyFault(
                List.of("quota: {cpu: 4, memory: 8Gi, pods: 20}", "[one]"),
                "quota: {cpu: 8, memory: 8Gi, pods: 30}",
                "[one, two]");
    }

    @Test
    void aRunWithoutChangeAsksTheGitServerOnceForATenantAndWritesNothing() {
        String quota = "quota: {cpu: 4, memory: 8Gi, pods: 20}";
        assertThat(onboard(quota, "[one, two]", 0).failures()).isEmpty();
        git.clear();

        assertThat(onboard(quota, "[one, two]", 0).failures()).isEmpty();

        assertThat(git).filteredOn("heads/1"::equals).hasSize(1);
        assertThat(git).doesNotContain("land/1");
    }

    @Test
    void theReportSaysWhatWasTakenBackAndWhatRemains() {
        onboard("quota: {cpu: 4, memory: 8Gi, pods: 20}", "[one]", 0);
        new LocalCluster(folder.resolve("cluster"), clock)
                .delete(
                        "v1",
                        "ResourceQuota",
                        "orders-dev",
                        "tenant",
                        new OwnLabels(Map.of("imaas.io/tenant", "orders")));

        assertThat(onboard("quota: {cpu: 4, memory: 8Gi, pods: 20}", "[one, two]", LAST_WRITE)
                        .status())
                .isEqualTo(RunResult.Status.FAILED);

        assertThat(report.steps())
                .filteredOn(step -> step.group().equals("Undo"))
                .extracting(RunReport.Step::title)
                .contains("Undo: Space for dev", "Undo: GitOps branch dev", "Undo: Application two in test");
        assertThat(report.steps().stream().flatMap(step -> step.problems().stream()))
                .extracting(problem -> problem.where() + ": " + problem.what())
                .contains("ResourceQuota/orders-dev/tenant: it was missing, and limits the tenant");
    }

    private void everyFault(List<String> before, String quota, String services) {
        if (!before.isEmpty()) {
            assertThat(onboard(before.get(0), before.get(1), 0).status()).isEqualTo(RunResult.Status.SUCCEEDED);
        } else {
            Git.in(folder).run("init", "-q", "--bare", "-b", "main", "gitops.git");
        }
        Map<String, String> world = world();
        int faults = 0;
        RunResult result = onboard(quota, services, 1);
        while (result.status() == RunResult.Status.FAILED) {
            faults++;
            assertThat(result.failures())
                    .as("the fault itself and nothing else")
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.what()).isEqualTo("no"));
            assertThat(world()).as("after a fault at write " + faults).isEqualTo(world);
            result = onboard(quota, services, faults + 1);
        }
        assertThat(faults).isGreaterThanOrEqualTo(8);
        assertThat(result.status()).as(result.failures().toString()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(world()).isNotEqualTo(world);
    }

    /** @param at which write fails, from 1 on; 0: none */
    private RunResult onboard(String quota, String services, int at) {
        fault = at;
        writes.set(0);
        Path gitops = folder.resolve("gitops.git");
        if (!Files.exists(gitops)) {
            Git.in(folder).run("init", "-q", "--bare", "-b", "main", "gitops.git");
        }
        Catalog catalog = CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/imaas]\n",
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: file://" + gitops
                                + "\nenvironments: [{name: dev}, {name: test}]\n" + quota + "\nservices:\n"
                                + Stream.of(services.replaceAll("[\\[\\] ]", "").split(","))
                                        .map(name -> "  - {name: " + name
                                                + ", type: gateway, repository: 'https://git.example.org/s.git'}\n")
                                        .reduce("", String::concat)))
                .orThrow();
        ReportBuilder reports = new ReportBuilder();
        try (GitRepositories repositories =
                new GitRepositories(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock))) {
            Ports ports = Ports.builder()
                    .git((RepositoryUrl url) -> faulty(GitRepository.class, repositories.at(url)))
                    .with(Cluster.class, faulty(Cluster.class, new LocalCluster(folder.resolve("cluster"), clock)))
                    .with(Deployments.class, faulty(Deployments.class, applications.port()))
                    .with(JobServer.class, faulty(JobServer.class, new JobDslFolder(folder.resolve("jobs"))))
                    .with(ImageRegistry.class, anything(ImageRegistry.class))
                    .with(RegistrySpaces.class, (policy, repository, owner) -> Optional.empty())
                    .with(Clock.class, patient())
                    .build();
            Imaas imaas = Imaas.on(ports, catalog);
            RunResult result = imaas.run(
                    imaas.plan(catalog.tenants().get(0), new OnboardRequest(), Actor.unverified("@ann")), reports);
            report = reports.reports().get(0);
            return result;
        }
    }

    /** Steps that wait for each other get the time for it. */
    private Clock patient() {
        return new Clock() {
            @Override
            public Instant now() {
                return clock.now();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(20);
                clock.pause(duration);
            }
        };
    }

    private <T> T faulty(Class<T> type, T port) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (type == GitRepository.class) {
                        git.add(method.getName() + "/" + given.length);
                    }
                    boolean write = WRITES.contains(type.getSimpleName() + "." + method.getName());
                    if (write && writes.incrementAndGet() == fault) {
                        throw FailureException.policy("no", method.getName(), "");
                    }
                    try {
                        return method.getName().startsWith("land") && method.isDefault()
                                ? java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, given)
                                : method.invoke(port, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static <T> T anything(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> null));
    }

    /** Every object, every branch's files, every application and job. */
    private Map<String, String> world() {
        Map<String, String> world = new TreeMap<>(applications.all);
        for (String part : List.of("cluster/objects", "jobs")) {
            try (Stream<Path> files =
                    Files.exists(folder.resolve(part)) ? Files.walk(folder.resolve(part)) : Stream.of()) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> world.put(folder.relativize(file).toString(), text(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Git git = Git.in(folder.resolve("gitops.git"));
        git.run("for-each-ref", "--format=%(refname)")
                .lines()
                .forEach(branch -> world.put(branch, git.run("ls-tree", "-r", branch)));
        return world;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file)
                    .replaceAll("(?m)^ *(generation|resourceVersion|uid|creationTimestamp):.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server with projects and applications, which refuses to delete a project that something is in. */
    private static final class Applications {
        final Map<String, String> all = new TreeMap<>();

        Deployments port() {
            return (Deployments) Proxy.newProxyInstance(
                    Deployments.class.getClassLoader(),
                    new Class<?>[] {Deployments.class},
                    (proxy, method, given) -> switch (method.getName()) {
                        case "ensure" -> ensure((Tenant) given[0], (Service) given[1], (EnvironmentName) given[2]);
                        case "remove" -> remove((Tenant) given[0], (Service) given[1], (EnvironmentName) given[2]);
                        case "remaining" -> Optional.empty();
                        case "restore" -> restore((Tenant) given[0], (EnvironmentName) given[1], (List<?>) given[2]);
                        default -> throw new AssertionError(method);
                    });
        }

        private synchronized List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment) {
            List<Effect> effects = new ArrayList<>();
            String project = tenant.namespace(environment);
            for (String name : List.of("AppProject " + project, "Application " + project + "-" + service.name())) {
                String[] words = name.split(" ");
                effects.add(
                        all.putIfAbsent(name, "") == null
                                ? Effect.created(words[0], words[1], "")
                                : Effect.unchanged(words[0], words[1]));
            }
            return effects;
        }

        private synchronized List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
            String name = tenant.namespace(environment) + "-" + service.name();
            all.remove("Application " + name);
            return List.of(Effect.deleted("Application", name, ""));
        }

        private synchronized List<Effect> restore(Tenant tenant, EnvironmentName environment, List<?> made) {
            String project = tenant.namespace(environment);
            if (!made.contains(Effect.created("AppProject", project, ""))) {
                return List.of();
            }
            if (all.keySet().stream().anyMatch(name -> name.startsWith("Application " + project + "-"))) {
                throw FailureException.failed("it is not empty", "AppProject " + project, "");
            }
            all.remove("AppProject " + project);
            return List.of(Effect.deleted("AppProject", project, ""));
        }
    }
}
