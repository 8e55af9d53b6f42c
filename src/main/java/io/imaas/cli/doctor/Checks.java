package io.imaas.cli.doctor;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.adapter.system.SystemClock;
import io.imaas.app.Imaas;
import io.imaas.app.assembly.Assembly;
import io.imaas.app.assembly.Logins;
import io.imaas.cli.PlatformSource;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.record.Trust;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.onboarding.TenantManifests;
import io.imaas.port.Clock;
import io.imaas.port.ImageRegistry;
import io.imaas.step.record.Records;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which checks there are, for what was asked about. */
final class Checks {
    /** More tenants than these say nothing new about the network and the token. */
    private static final int TENANTS = 25;
    /** Some dozens of questions each, where rights are not given in all of the cluster. */
    private static final int NAMESPACES = 6;

    private final DoctorOptions options;
    private final Map<String, String> environment;
    private final GitRepositories repositories;
    private final GitRepositories unsigned;
    private final DsseStatements statements;
    private final Forges forges;
    private final Web web = new Web();
    private final Path work;
    private final List<Check> checks = new ArrayList<>();
    /** Some tenant's project in Argo CD, as onboarding names it. */
    private String project = "any-tenant-dev";

    private List<ClusterObject> space = List.of();
    private Set<String> namespaces = Set.of();
    private GitHosts gitHosts = GitHosts.any();

    /**
     * @param unsigned the same repositories, in which commits stay unsigned
     * @param work a folder for charts
     */
    Checks(
            DoctorOptions options,
            Map<String, String> environment,
            GitRepositories repositories,
            GitRepositories unsigned,
            Forges forges,
            Path work) {
        this.work = work;
        this.options = options;
        this.environment = environment;
        this.repositories = repositories;
        this.unsigned = unsigned;
        this.statements = new DsseStatements(options.ownKey());
        this.forges = forges;
    }

    List<Check> all() {
        machine();
        String registry = options.registry;
        if (options.platform == null) {
            skipped("Platform", "not looked at", "name it with --platform DIR|URL");
        } else {
            registry = platform(registry);
        }
        registry(registry);
        options.gitops.forEach(url -> gitops(new RepositoryUrl(url), List.of()));
        if (checks.stream().noneMatch(check -> check.name().startsWith("GitOps"))) {
            skipped("GitOps repository", "not looked at", "name it with --gitops URL or --platform");
        }
        servers();
        if (options.tokens != null) {
            add("Tokens", new TokensCheck(options.tokens, new SystemClock().now()));
        }
        if (options.serve.wanted()) {
            checks.addAll(new ServeChecks(options.serve, options.tokens != null, web, new SystemClock()).all());
        }
        return List.copyOf(checks);
    }

    private void add(String name, Supplier<CheckResult> look) {
        checks.add(new Check(name, look));
    }

    /** One whose target was not given. */
    private void skipped(String name, String found, String fix) {
        add(name, () -> CheckResult.skipped(found, fix));
    }

    private void machine() {
        var processes = new LocalProcesses();
        add("Git", new ProgramCheck(List.of("git", "--version"), "2.20", false, processes));
        add(
                "Maven",
                new ProgramCheck(List.of("mvn", "-B", "-Dstyle.color=never", "--version"), "3.8.6", true, processes));
        Path home = Path.of(environment.getOrDefault("JAVA_HOME", System.getProperty("java.home")));
        boolean own = home.equals(Path.of(System.getProperty("java.home")));
        add("JDK", () -> {
            int version = own ? Runtime.version().feature() : JavaRelease.of(home);
            return new JavaCheck(home, version, options.project, new MiProjectDetector()).get();
        });
        add("Working folder", new FolderCheck(options.workdir));
        add("Temporary folder", new FolderCheck(Path.of(System.getProperty("java.io.tmpdir"))));
        add("Terminal", this::terminal);
    }

    private CheckResult terminal() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return charset.newEncoder().canEncode('✓')
                ? CheckResult.ok("text comes out in " + charset)
                : CheckResult.warn("this locale can't show every character (" + charset + ")", "set LC_ALL=C.UTF-8");
    }

    /** Returns the registry to look at. */
    private String platform(String registry) {
        Catalog catalog;
        try {
            catalog = PlatformSource.read(options.platform, repositories::at);
        } catch (FailureException e) {
            add("Platform", () -> {
                throw e;
            });
            return registry;
        }
        gitHosts = catalog.gitHosts();
        String found = catalog.platform().name() + " is sound, with "
                + catalog.tenants().size() + (catalog.tenants().size() == 1 ? " tenant" : " tenants");
        add("Platform", () -> {
            if (!catalog.broken().isEmpty()) {
                throw FailureException.input(catalog.broken().stream()
                        .flatMap(broken -> broken.errors().stream())
                        .distinct()
                        .toList());
            }
            return CheckResult.ok(found);
        });
        add("Signing key", new SigningCheck(statements, catalog.platform().trust(), new SystemClock()));
        List<String> weaker = catalog.tenants().stream()
                .filter(tenant -> tenant.delivery() == Delivery.HELM)
                .map(tenant -> tenant.name().value())
                .toList();
        if (!weaker.isEmpty()) {
            add(
                    "Delivery",
                    () -> CheckResult.warn(
                            "Argo CD renders for " + String.join(", ", weaker)
                                    + ": whatever is pushed there runs before a gate is asked",
                            "set delivery: rendered, and see what 'imaas onboard TENANT --dry-run' would do"));
        }
        namespaces = catalog.tenants().stream()
                .flatMap(tenant -> tenant.environments().stream().map(each -> tenant.namespace(each.name())))
                .limit(NAMESPACES)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        catalog.tenants().stream().findFirst().ifPresent(tenant -> {
            Environment first = tenant.environments().get(0);
            project = tenant.namespace(first.name());
            Clock clock = new SystemClock();
            space = new TenantManifests(
                            catalog.platform().onboarding(), catalog.platform().dayOf(clock.now()))
                    .of(catalog, tenant, first);
        });
        if (catalog.platform().onboarding().registry().isHarbor()) {
            add("Harbor", new HarborCheck(catalog, new EnvironmentSecrets(environment)));
        }
        if (!catalog.platform().onboarding().apiManager().url().isEmpty()) {
            add("API Manager", new ApiManagerCheck(catalog, new EnvironmentSecrets(environment)));
        }
        VaultCheck.server(catalog.platform().onboarding().secrets())
                .ifPresent(vault -> add("Vault", new VaultCheck(vault, web)));
        if (options.gitops.isEmpty()) {
            Imaas imaas = Imaas.on(
                    new Assembly(work, new SystemClock(), environment)
                            .git(repositories::at)
                            .charts()
                            .key(options.ownKey())
                            .ports()
                            .build(),
                    catalog);
            for (Tenant tenant : catalog.tenants().stream().limit(TENANTS).toList()) {
                List<EnvironmentName> environments =
                        tenant.environments().stream().map(Environment::name).toList();
                gitops(
                        tenant.gitops(),
                        environments.stream().map(EnvironmentName::branch).toList());
                if (tenant.isRendered()) {
                    add("Manifests of " + tenant.name(), new RenderedCheck(imaas, tenant));
                }
                add(
                        "Records of " + tenant.name(),
                        new RecordsCheck(
                                repositories
                                        .at(tenant.gitops())
                                        .believing(catalog.platform().trust().orchestrators()),
                                new Records(statements, catalog.platform().trust(), tenant.name()),
                                environments));
                if (tenant.delivery() == Delivery.RENDERED) {
                    if (options.argoCd() != null && options.argoCdToken != null) {
                        add(
                                "Deployed of " + tenant.name(),
                                new DeployedCheck(argoCd(), tenant, repositories.at(tenant.gitops())));
                    }
                    signatures(tenant, catalog.platform().trust());
                }
            }
        }
        return registry == null ? catalog.platform().registries().get(0).toString() : registry;
    }

    private void signatures(Tenant tenant, Trust trust) {
        String name = "Commits of " + tenant.name();
        if (trust.commitKeys(new SystemClock().now()).isEmpty()) {
            skipped(
                    name,
                    "Argo CD checks no signatures: platform.yaml lists no 'gpg' under 'orchestrators'",
                    "see 'Who commits' in docs/promotion.md; the Git server's protection of rendered/* holds without it");
        } else if (options.argoCd() == null || options.argoCdToken == null) {
            skipped(name, "Argo CD was not asked", "name it with --argocd URL, and give a token");
        } else {
            add(name, new SignedSourceCheck(argoCd(), tenant, unsigned.at(tenant.gitops())));
        }
    }

    private ArgoCdServer argoCd() {
        return new ArgoCdServer(options.argoCd(), options.argoCdToken, web);
    }

    private void registry(String registry) {
        if (registry == null) {
            skipped("Registry", "not looked at", "name it with --registry HOST/PATH or --platform");
            return;
        }
        add("Registry", () -> {
            ImageRegistry images = new HttpImageRegistry(Logins.toRegistries(environment));
            images.checkWritable(ImageRepository.parse(registry).child("imaas-doctor"));
            return CheckResult.ok(registry + " answers and takes images");
        });
    }

    private void gitops(RepositoryUrl url, List<BranchName> branches) {
        // One branch is asked for in any case: that is what shows whether the repository can be read.
        List<BranchName> asked = branches.isEmpty() ? List.of(new BranchName("dev")) : branches;
        add(
                "GitOps repository " + url.baseName(),
                new GitCheck(url, repositories.at(url), asked, options.gitToken, web));
        ForgeLogin login = new ForgeLogin(name -> Optional.ofNullable(options.gitToken), "git", gitHosts);
        if (options.gitToken != null) {
            add("Git server of " + url.baseName(), new ForgeCheck(() -> forges.setup(url, login, false)));
        }
    }

    private void servers() {
        URI argoCd = options.argoCd();
        if (argoCd == null) {
            skipped("Argo CD", "not looked at", "name it with --argocd URL");
            skipped("Clock", "compared with no server", "name one with --argocd URL");
        } else {
            add("Argo CD", new ArgoCdCheck(argoCd(), project));
            add("Clock", new ClockCheck(argoCd, web, new SystemClock()));
        }
        if (options.context == null) {
            skipped("Cluster", "not looked at", "name it with --kubernetes [CONTEXT]");
        } else {
            add("Cluster", new ClusterCheck(options.context, argoCd == null, space, namespaces));
        }
        for (URI uri : options.reach) {
            add("Network", () -> {
                int status = web.get(uri, "", null).statusCode();
                return status < 500
                        ? CheckResult.ok(uri + " answers")
                        : CheckResult.fail(uri + " answers " + status, "try it again later");
            });
        }
        if (options.reach.isEmpty()) {
            skipped("Network", "not looked at", "name what builds download from with --reach URL");
        }
    }
}
