package io.imaas.app;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.harbor.FakeHarbor;
import io.imaas.adapter.harbor.HarborSpaces;
import io.imaas.adapter.jobs.JobDslFolder;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Secret;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.port.JobServer;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.port.RepositorySetup;
import io.imaas.port.Secrets;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
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
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.io.FileUtils;

/**
 * Everything that onboarding writes to: a cluster, Harbor, pull secrets, a Git server with its protections and hooks, a
 * deployment server and a CI server. A process's calls go through its {@link Fate}.
 */
final class FaultyWorld implements AutoCloseable {
    private static final Set<String> WRITES = Set.of(
            "GitRepository.land",
            "GitRepository.removeBranch",
            "JobServer.ensureFolder",
            "JobServer.ensureJob",
            "JobServer.removeFolder",
            "JobServer.removeJob",
            "Cluster.delete",
            "Cluster.restore",
            "PullSecrets.keep",
            "PullSecrets.remove");

    /** Calls of the process to the Git server's repositories, in order. */
    final List<String> git = new CopyOnWriteArrayList<>();

    final ManualClock clock = new ManualClock("2026-11-28T10:00:00Z");
    private final Path folder;
    private final FakeHarbor harbor = new FakeHarbor(clock);
    private final Map<String, String> applications = new ConcurrentSkipListMap<>();
    private final Map<String, Account> pulls = new ConcurrentSkipListMap<>();
    private final Map<String, String> forge = new ConcurrentSkipListMap<>();
    /** A secret that the process does not have; empty: it has all. */
    String missing = "";

    private Fate fate = Fate.none();
    private RunReport report;

    FaultyWorld(Path folder) throws IOException {
        this.folder = folder;
    }

    RunReport report() {
        return report;
    }

    LocalCluster cluster() {
        return new LocalCluster(folder.resolve("cluster"), clock);
    }

    /**
     * One process that onboards the tenant.
     *
     * @param platform more of {@code platform.yaml}
     * @param quota of the tenant, as its file has it
     * @param services their names
     * @return empty when the process was killed
     */
    Optional<RunResult> onboard(String platform, String quota, List<String> services, Fate its) {
        return run(catalog(platform, tenant(quota, services)), its);
    }

    /** The same of a tenant's file as {@link #tenant} gives it, with a tombstone. */
    Optional<RunResult> offboard(String platform, String tenant, Fate its) {
        return run(catalog(platform, tenant), its);
    }

    private Optional<RunResult> run(Catalog catalog, Fate its) {
        fate = its;
        clock.pause(Duration.ofMillis(10));
        ReportBuilder reports = new ReportBuilder();
        harbor.around(this::harbor);
        try (GitRepositories repositories = TestKey.git(folder.resolve("cache"), clock);
                HarborSpaces spaces = new HarborSpaces(this::secret, true, false)) {
            Imaas imaas = Imaas.on(
                    Ports.builder()
                            .git((RepositoryUrl url) -> mortal(GitRepository.class, repositories.at(url)))
                            .setups(url -> Optional.of(mortal(RepositorySetup.class, setup())))
                            .with(Cluster.class, mortal(Cluster.class, cluster()))
                            .with(Deployments.class, mortal(Deployments.class, deployments()))
                            .with(
                                    JobServer.class,
                                    mortal(JobServer.class, new JobDslFolder(folder.resolve("jobs"), true)))
                            .with(ImageRegistry.class, proxy(ImageRegistry.class, (proxy, method, given) -> null))
                            .with(RegistrySpaces.class, spaces)
                            .with(PullSecrets.class, mortal(PullSecrets.class, new PullSecretsInMemory(pulls)))
                            .with(Secrets.class, this::secret)
                            .with(Clock.class, patient())
                            .build(),
                    catalog);
            RunResult result = imaas.run(
                    imaas.plan(catalog.tenants().get(0), new OnboardRequest(), Actor.unverified("@ann")), reports);
            report = reports.reports().get(0);
            return Optional.of(result);
        } catch (IllegalStateException broken) {
            if (broken.getCause() instanceof Fate.Killed) {
                return Optional.empty();
            }
            throw broken;
        } finally {
            its.awaitTheLastCall();
        }
    }

    /** The tenant's file. */
    String tenant(String quota, List<String> services) {
        return "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: file://"
                + folder.resolve("gitops.git")
                + "\nenvironments: [{name: dev}, {name: test}]\nquota: " + quota + "\nservices:\n"
                + services.stream()
                        .map(name -> "  - {name: " + name
                                + ", type: gateway, repository: 'https://git.example.org/s.git'}\n")
                        .reduce("", String::concat);
    }

    private Catalog catalog(String platform, String tenant) {
        return CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [" + harbor.host()
                                + "/imaas]\ngitopsRepositories: {webhook: 'https://imaas.example.org/hooks'}\n"
                                + platform,
                        "tenants/orders.yaml",
                        tenant))
                .orThrow();
    }

    private Optional<Secret> secret(String name) {
        return name.equals(missing) ? Optional.empty() : Optional.of(new Secret("admin:Harbor12345"));
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
                fate.requireAlive();
                Thread.sleep(5);
                clock.pause(duration);
            }
        };
    }

    /** @return the status that Harbor answers instead of doing it; 0: it does it */
    private int harbor(String call, Runnable act) {
        try {
            fate.<Object>write(() -> {
                act.run();
                return null;
            });
            return 0;
        } catch (Exception no) {
            return no instanceof FailureException e && e.failure().kind() == FailureKind.EXTERNAL ? 503 : 403;
        } catch (Fate.Killed killed) {
            return 503;
        }
    }

    private <T> T mortal(Class<T> type, T port) {
        return proxy(type, (proxy, method, given) -> {
            if (method.getName().equals("believing")) {
                return proxy;
            }
            if (type == GitRepository.class) {
                git.add(method.getName() + "/" + given.length);
            }
            if (method.getName().equals("ensure") && type == Cluster.class) {
                return ensure((Cluster) port, (List<?>) given[0]);
            }
            boolean own = method.isDefault() && method.getName().startsWith("land");
            if (own || type == Deployments.class || type == RepositorySetup.class) {
                return own ? InvocationHandler.invokeDefault(proxy, method, given) : Fate.call(port, method, given);
            }
            return WRITES.contains(type.getSimpleName() + "." + method.getName())
                    ? fate.write(() -> Fate.call(port, method, given))
                    : fate.read(() -> Fate.call(port, method, given));
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Cut off before the first object, after it, and before the last: a space is many calls. */
    private Applied ensure(Cluster cluster, List<?> space) throws Exception {
        List<ClusterObject> objects =
                space.stream().map(ClusterObject.class::cast).toList();
        List<Effect> effects = new ArrayList<>();
        int from = 0;
        for (int upTo : List.of(1, objects.size() - 1, objects.size())) {
            List<ClusterObject> part = objects.subList(from, upTo);
            from = upTo;
            try {
                effects.addAll(fate.write(() -> cluster.ensure(part)).effects());
            } catch (FailureException refused) {
                return new Applied(effects, List.of(refused.failure()), List.of());
            }
        }
        return new Applied(effects, List.of(), List.of());
    }

    private Effect made(Map<String, String> where, String type, String name, String text) throws Exception {
        String before = fate.read(() -> where.get(type + " " + name));
        if (text.equals(before)) {
            return Effect.unchanged(type, name);
        }
        fate.<Object>write(() -> where.put(type + " " + name, text));
        return before == null ? Effect.created(type, name, "") : Effect.updated(type, name, "");
    }

    /** A deployment server that refuses to delete a project that something is in. */
    private Deployments deployments() {
        return proxy(Deployments.class, (proxy, method, given) -> {
            Tenant tenant = (Tenant) given[0];
            String project = method.getName().equals("foreign")
                    ? ""
                    : tenant.namespace(
                            (EnvironmentName) given[given.length > 2 && given[1] instanceof Service ? 2 : 1]);
            return switch (method.getName()) {
                case "ensure" -> {
                    Effect made = made(applications, "AppProject", project, "");
                    try {
                        yield List.of(made, made(applications, "Application", name(given), ""));
                    } catch (FailureException e) {
                        throw e.after(List.of(made));
                    }
                }
                case "remove" -> {
                    fate.<Object>write(() -> applications.remove("Application " + name(given)));
                    yield List.of(Effect.deleted("Application", name(given), ""));
                }
                case "removeProject" -> {
                    fate.<Object>write(() -> applications.remove("AppProject " + project));
                    yield List.of(Effect.deleted("AppProject", project, ""));
                }
                case "foreign" -> List.of();
                case "remaining" -> Optional.empty();
                case "restore" -> restore(project, (List<?>) given[2]);
                default -> throw new AssertionError(method);
            };
        });
    }

    private static String name(Object[] given) {
        return ((Tenant) given[0]).namespace((EnvironmentName) given[2]) + "-" + ((Service) given[1]).name();
    }

    private List<Effect> restore(String project, List<?> made) throws Exception {
        if (!made.contains(Effect.created("AppProject", project, ""))) {
            return List.of();
        }
        if (applications.keySet().stream().anyMatch(name -> name.startsWith("Application " + project + "-"))) {
            throw FailureException.failed("it is not empty", "AppProject " + project, "");
        }
        fate.<Object>write(() -> applications.remove("AppProject " + project));
        return List.of(Effect.deleted("AppProject", project, ""));
    }

    /** The repository's side of a Git server. */
    private RepositorySetup setup() {
        Path bare = folder.resolve("gitops.git");
        return proxy(RepositorySetup.class, (proxy, method, given) -> switch (method.getName()) {
            case "create" -> {
                if (Files.exists(bare)) {
                    yield Effect.unchanged("repository", "gitops");
                }
                yield fate.write(() -> {
                    Git.in(folder).run("init", "-q", "--bare", "-b", "main", "gitops.git");
                    return Effect.created("repository", "gitops", "private");
                });
            }
            case "remove" ->
                fate.write(() -> {
                    FileUtils.deleteDirectory(bare.toFile());
                    forge.clear();
                    return Effect.deleted("repository", "gitops", "");
                });
            case "branches" ->
                fate.read(() -> !Files.exists(bare)
                        ? List.of()
                        : Git.in(bare)
                                .run("for-each-ref", "--format=%(refname:short)")
                                .lines()
                                .toList());
            case "protect" -> made(forge, "branch protection", given[0].toString(), "");
            case "webhook" -> made(forge, "webhook", ((URI) given[0]).getHost(), given[1].toString());
            case "ownersFile" -> "CODEOWNERS";
            case "gaps", "rights" -> List.of();
            default -> throw new AssertionError(method);
        });
    }

    /** Every object, project, account, secret, branch with its files, protection, application and job. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>(applications);
        state.putAll(forge);
        state.putAll(harbor.state());
        pulls.keySet().forEach(secret -> state.put("Secret " + secret, ""));
        for (String part : List.of("cluster/objects", "jobs")) {
            File below = folder.resolve(part).toFile();
            (below.exists() ? FileUtils.listFiles(below, null, true) : List.<File>of())
                    .forEach(file -> state.put(folder.relativize(file.toPath()).toString(), text(file.toPath())));
        }
        Path bare = folder.resolve("gitops.git");
        if (Files.exists(bare)) {
            state.put("repository", "");
            Git.in(bare)
                    .run("for-each-ref", "--format=%(refname) %(tree)")
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(branch -> state.put(branch[0], branch[1]));
        }
        return state;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file)
                    .replaceAll("(?m)^ *(generation|resourceVersion|uid|creationTimestamp):.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        harbor.close();
    }
}
