package io.imaas.cli.doctor;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.adapter.system.SystemClock;
import io.imaas.app.Imaas;
import io.imaas.app.assembly.Assembly;
import io.imaas.cli.PlatformSource;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CheckResult;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.onboarding.TenantManifests;
import io.imaas.port.Clock;
import io.imaas.port.ImageRegistry;
import io.imaas.step.record.Records;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which checks there are, for what was asked about. */
final class Checks {
    /** More tenants than these say nothing new about the network and the token. */
    private static final int TENANTS = 25;

    private final DoctorOptions options;
    private final Map<String, String> environment;
    private final GitRepositories repositories;
    private final DsseStatements statements;
    private final Forges forges;
    private final Web web = new Web();
    private final Path work;
    private final List<Check> checks = new ArrayList<>();
    /** Some tenant's project in Argo CD, as onboarding names it. */
    private String project = "any-tenant-dev";

    private List<ClusterObject> space = List.of();
    private GitHosts gitHosts = GitHosts.any();

    /** @param work a folder for charts */
    Checks(
            DoctorOptions options,
            Map<String, String> environment,
            GitRepositories repositories,
            Forges forges,
            Path work) {
        this.work = work;
        this.options = options;
        this.environment = environment;
        this.repositories = repositories;
        this.statements = new DsseStatements(new KeyFile(options.keyFile()));
        this.forges = forges;
    }

    List<Check> all() {
        machine();
        String registry = options.registry;
        if (options.platform == null) {
            checks.add(Check.skipped("Platform", "not looked at", "name it with --platform DIR|URL"));
        } else {
            registry = platform(registry);
        }
        registry(registry);
        options.gitops.forEach(url -> gitops(new RepositoryUrl(url), List.of()));
        if (checks.stream().noneMatch(check -> check.name().startsWith("GitOps"))) {
            checks.add(Check.skipped("GitOps repository", "not looked at", "name it with --gitops URL or --platform"));
        }
        servers();
        return List.copyOf(checks);
    }

    private void machine() {
        var processes = new LocalProcesses();
        checks.add(new ProgramCheck("Git", List.of("git", "--version"), "2.20", false, processes));
        checks.add(new ProgramCheck(
                "Maven", List.of("mvn", "-B", "-Dstyle.color=never", "--version"), "3.8.6", true, processes));
        Path home = Path.of(environment.getOrDefault("JAVA_HOME", System.getProperty("java.home")));
        boolean own = home.equals(Path.of(System.getProperty("java.home")));
        checks.add(Check.of("JDK", () -> {
            int version = own ? Runtime.version().feature() : JavaRelease.of(home);
            return new JavaCheck(home, version, options.project, new MiProjectDetector()).look();
        }));
        checks.add(new FolderCheck("Working folder", options.workdir));
        checks.add(new FolderCheck("Temporary folder", Path.of(System.getProperty("java.io.tmpdir"))));
        checks.add(Check.of("Terminal", this::terminal));
    }

    private CheckResult terminal() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return charset.newEncoder().canEncode('✓')
                ? CheckResult.ok("Terminal", "text comes out in " + charset)
                : CheckResult.warn(
                        "Terminal", "this locale can't show every character (" + charset + ")", "set LC_ALL=C.UTF-8");
    }

    /** Returns the registry to look at. */
    private String platform(String registry) {
        Catalog catalog;
        try {
            catalog = PlatformSource.read(options.platform, repositories::at);
        } catch (FailureException e) {
            checks.add(Check.of("Platform", () -> {
                throw e;
            }));
            return registry;
        }
        gitHosts = catalog.gitHosts();
        String found = catalog.platform().name() + " is sound, with "
                + catalog.tenants().size() + " tenants";
        checks.add(Check.of("Platform", () -> CheckResult.ok("Platform", found)));
        checks.add(new SigningCheck(statements, catalog.platform().trust(), new SystemClock()));
        List<String> weaker = catalog.tenants().stream()
                .filter(tenant -> tenant.delivery() == Delivery.HELM)
                .map(tenant -> tenant.name().value())
                .toList();
        if (!weaker.isEmpty()) {
            checks.add(Check.of(
                    "Delivery",
                    () -> CheckResult.warn(
                            "Delivery",
                            "Argo CD renders for " + String.join(", ", weaker)
                                    + ": whatever is pushed there runs before a gate is asked",
                            "set delivery: rendered, and see what 'imaas onboard TENANT --dry-run' would do")));
        }
        catalog.tenants().stream().findFirst().ifPresent(tenant -> {
            Environment first = tenant.environments().get(0);
            project = tenant.namespace(first.name());
            Clock clock = new SystemClock();
            space = new TenantManifests(
                            catalog.platform().onboarding(), catalog.platform().dayOf(clock.now()))
                    .of(catalog, tenant, first);
        });
        if (catalog.platform().onboarding().registry().isHarbor()) {
            checks.add(new HarborCheck(catalog, new EnvironmentSecrets(environment)));
        }
        if (options.gitops.isEmpty()) {
            Imaas imaas = Imaas.on(
                    new Assembly(work, new SystemClock(), environment)
                            .git(repositories::at)
                            .charts()
                            .key(options.keyFile())
                            .ports()
                            .build(),
                    catalog);
            for (Tenant tenant : catalog.tenants().stream().limit(TENANTS).toList()) {
                List<BranchName> branches = tenant.environments().stream()
                        .map(Environment::name)
                        .map(name -> name.branch())
                        .toList();
                gitops(tenant.gitops(), branches);
                if (tenant.isRendered()) {
                    checks.add(new RenderedCheck(imaas, tenant));
                }
                checks.add(new RecordsCheck(
                        "Records of " + tenant.name(),
                        repositories.at(tenant.gitops()),
                        new Records(statements, catalog.platform().trust(), tenant.name())));
            }
        }
        return registry == null ? catalog.platform().registries().get(0).toString() : registry;
    }

    private void registry(String registry) {
        if (registry == null) {
            checks.add(Check.skipped("Registry", "not looked at", "name it with --registry HOST/PATH or --platform"));
            return;
        }
        checks.add(Check.of("Registry", () -> {
            ImageRegistry images = new HttpImageRegistry(RegistryCredentials.of(environment));
            images.checkWritable(ImageRepository.parse(registry).child("imaas-doctor"));
            return CheckResult.ok("Registry", registry + " answers and takes images");
        }));
    }

    private void gitops(RepositoryUrl url, List<BranchName> branches) {
        // One branch is asked for in any case: that is what shows whether the repository can be read.
        List<BranchName> asked = branches.isEmpty() ? List.of(new BranchName("dev")) : branches;
        checks.add(new GitCheck(
                "GitOps repository " + url.baseName(), url, repositories.at(url), asked, options.gitToken, web));
        ForgeLogin login = new ForgeLogin(name -> Optional.ofNullable(options.gitToken), "git", gitHosts);
        if (options.gitToken != null) {
            checks.add(new ForgeCheck("Git server of " + url.baseName(), () -> forges.setup(url, login, false)));
        }
    }

    private void servers() {
        checks.add(
                options.argoCd() == null
                        ? Check.skipped("Argo CD", "not looked at", "name it with --argocd URL")
                        : new ArgoCdCheck(options.argoCd(), options.argoCdToken, web, project));
        checks.add(
                options.context == null
                        ? Check.skipped("Cluster", "not looked at", "name it with --kubernetes [CONTEXT]")
                        : new ClusterCheck(options.context, options.argoCd() == null, space));
        checks.add(
                options.argoCd() == null
                        ? Check.skipped("Clock", "compared with no server", "name one with --argocd URL")
                        : new ClockCheck(options.argoCd(), web, new SystemClock()));
        for (URI uri : options.reach) {
            checks.add(Check.of("Network", () -> {
                int status = web.get(uri, "", null).statusCode();
                return status < 500
                        ? CheckResult.ok("Network", uri + " answers")
                        : CheckResult.fail("Network", uri + " answers " + status, "try it again later");
            }));
        }
        if (options.reach.isEmpty()) {
            checks.add(Check.skipped("Network", "not looked at", "name what builds download from with --reach URL"));
        }
    }
}
