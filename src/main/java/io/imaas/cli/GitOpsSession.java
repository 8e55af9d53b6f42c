package io.imaas.cli;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.github.GitHub;
import io.imaas.adapter.github.GitHubAccess;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.adapter.system.SystemClock;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.app.Audience;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.PullRequests;
import io.imaas.port.ValuesEditor;
import io.imaas.report.Json;
import io.imaas.report.PlanText;
import io.imaas.report.ProgressSink;
import io.imaas.report.Terminal;
import io.imaas.run.EventSink;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Runner;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunners;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.runner.CommitFilesRunner;
import io.imaas.step.runner.CommitReleaseRunner;
import io.imaas.step.runner.OpenPullRequestRunner;
import io.imaas.step.runner.ReleaseCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One command's work on a tenant's GitOps repository: opened once, read once, decided, written. */
final class GitOpsSession implements AutoCloseable {
    private final GitOpsOptions options;
    private final Clock clock = new SystemClock();
    private final ValuesEditor values = new ByteExactValuesEditor();
    private final GitRepositories repositories;
    private final GitRepository repository;
    private final Platform platform;
    private Tenant tenant;
    private GitOpsState state;

    /** For one that only reads. */
    GitOpsSession(GitOpsOptions options) {
        this(options, new CommitOptions());
    }

    GitOpsSession(GitOpsOptions options, CommitOptions commits) {
        this.options = options;
        GitAccess access = GitAccess.token(new EnvironmentSecrets(System.getenv()), options.tokenVariable);
        this.repositories = new GitRepositories(commits.settings(options.cacheFolder(), access, clock));
        RepositoryUrl url = new RepositoryUrl(options.gitops);
        this.repository = repositories.at(url);
        if (options.platform == null) {
            this.platform = AssumedTenant.platform();
        } else {
            Catalog catalog = PlatformSource.read(options.platform, repositories);
            this.platform = catalog.platform();
            this.tenant = catalog.tenants().stream()
                    .filter(t -> plain(t.gitops()).equals(plain(url)))
                    .findFirst()
                    .orElseThrow(() -> FailureException.input(
                            "no tenant of the platform has this GitOps repository",
                            options.gitops,
                            "see 'gitops' in tenants/*.yaml"));
        }
    }

    /** GitHub's, and those of servers that speak like it; a folder or a plain server has none. */
    private Optional<PullRequests> pullRequests() {
        RepositoryUrl url = new RepositoryUrl(options.gitops);
        if (!url.value().startsWith("https://")) {
            return Optional.empty();
        }
        GitHubAccess access = GitHubAccess.token(new EnvironmentSecrets(System.getenv()), options.tokenVariable);
        return Optional.of(new GitHub(GitHub.apiOf(url), access, clock).pullRequests(url));
    }

    /** A folder's path and its {@code file://} URL are the same place. */
    private static String plain(RepositoryUrl url) {
        return url.value().replaceFirst("^file://", "").replaceAll("/+$", "");
    }

    /** Without a platform it is told from all that the repository holds, which is read now. */
    Tenant tenant() {
        if (tenant == null) {
            tenant = AssumedTenant.of(new RepositoryUrl(options.gitops), environments(), state());
        }
        return tenant;
    }

    TenantName tenantName() {
        return hasPlatform() ? tenant().name() : AssumedTenant.name(new RepositoryUrl(options.gitops));
    }

    Platform platform() {
        return platform;
    }

    GitRepository repository() {
        return repository;
    }

    ValuesEditor values() {
        return values;
    }

    Clock clock() {
        return clock;
    }

    /** Whether policies come from a platform repository, not from the usual defaults. */
    boolean hasPlatform() {
        return options.platform != null;
    }

    /** A folder for what is kept between calls. */
    Path cache() {
        return options.cacheFolder();
    }

    String actor() {
        return options.actor();
    }

    List<EnvironmentName> environments() {
        return hasPlatform()
                ? tenant().environments().stream().map(Environment::name).toList()
                : options.environments.stream().map(EnvironmentName::new).toList();
    }

    /** All that is decided on; read once. */
    GitOpsState state() {
        if (state == null) {
            state = observer().observe(environments());
        }
        return state;
    }

    /** What concerns the tenant alone, for commands that only tell: it may share the repository with many. */
    GitOpsState ownState() {
        return hasPlatform()
                ? observer()
                        .observe(
                                environments(),
                                tenant().services().stream().map(Service::name).toList())
                : state();
    }

    /** One service in one environment, and nothing else. */
    EnvironmentState state(ServiceName service, EnvironmentName environment) {
        List<EnvironmentName> known = environments();
        if (!known.contains(environment)) {
            throw FailureException.input("there is no environment '" + environment + "'", "", "known: " + known);
        }
        return observer().observe(List.of(environment), List.of(service)).environment(environment);
    }

    /** A service's own repository: where the caller says, else where the platform says. */
    Optional<Supplier<GitRepository>> sources(ServiceName service, String url) {
        return Optional.ofNullable(url)
                .map(RepositoryUrl::new)
                .or(() -> hasPlatform() ? tenant().service(service).map(Service::repository) : Optional.empty())
                .map(found -> () -> repositories.at(found));
    }

    /** Whom the services' own repositories name; without a platform nobody knows where those are. */
    Audience audience() {
        return new Audience(repositories::at);
    }

    GitOpsObserver observer() {
        return new GitOpsObserver(repository, values, clock);
    }

    /**
     * How a command speaks.
     *
     * @param dryRun whether the plan is all there is
     * @param planFirst whether the plan is told before it is executed
     */
    record Telling(boolean dryRun, boolean planFirst, boolean json) {}

    /**
     * Shows a plan, or executes its Git part and tells what came of it. Returns the exit code.
     *
     * @param also hears of what happens, too
     */
    int finish(Plan plan, Telling telling, EventSink also, PrintWriter out, PrintWriter err) {
        if (telling.dryRun()) {
            out.print(telling.json() ? Json.pretty(plan) + "\n" : PlanText.of(plan));
            out.flush();
            return plan.closedGates().stream()
                    .findFirst()
                    .map(gate -> gate.kind().exitCode())
                    .orElse(0);
        }
        if (telling.planFirst() && !telling.json()) {
            out.print(PlanText.of(plan));
        }
        EventSink progress = telling.json() ? event -> {} : new ProgressSink(out, Terminal.of(System.getenv()), false);
        EventSink sink = event -> {
            progress.accept(event);
            also.accept(event);
        };
        StepRunners runners = new StepRunners(List.of(
                new CommitReleaseRunner(repository, values, ReleaseCheck.ASKED_BY_THE_PLAN),
                new CommitFilesRunner(repository),
                new OpenPullRequestRunner(pullRequests())));
        RunResult result = new Runner(runners, clock, sink, RetryPolicy.DEFAULT).run(plan);
        if (telling.json()) {
            out.println(Json.pretty(told(plan, result)));
        } else {
            result.failures().stream()
                    .filter(failure -> plan.closedGates().isEmpty())
                    .forEach(failure -> err.println(failure.sentence()));
        }
        out.flush();
        return result.exitCode();
    }

    private static Map<String, Object> told(Plan plan, RunResult result) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("title", plan.title());
        told.put("status", result.status());
        told.put("gates", plan.gates());
        told.put("failures", result.failures());
        result.outputs().values().stream()
                .filter(StepOutput.ChangeLanded.class::isInstance)
                .map(StepOutput.ChangeLanded.class::cast)
                .findFirst()
                .ifPresent(landed -> told.put("commit", landed.commit()));
        return told;
    }

    @Override
    public void close() {
        repositories.close();
    }
}
