package io.imaas.app.assembly;

import io.imaas.adapter.apim.WsoServiceCatalog;
import io.imaas.adapter.argocd.Ancestry;
import io.imaas.adapter.argocd.ArgoCdDeployments;
import io.imaas.adapter.argocd.ArgoCdSettings;
import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.docker.DockerDaemons;
import io.imaas.adapter.docker.DockerImageBuilder;
import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitBundles;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.HistogramTextDiff;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.adapter.harbor.HarborSpaces;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.helm.LocalCharts;
import io.imaas.adapter.jobs.JenkinsHome;
import io.imaas.adapter.jobs.JenkinsServer;
import io.imaas.adapter.jobs.JobDslFolder;
import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.adapter.kubernetes.ManifestWorkloads;
import io.imaas.adapter.management.Expectation;
import io.imaas.adapter.management.ManagementAccess;
import io.imaas.adapter.management.ManagementProbe;
import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.image.ProjectImageCars;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.unittest.UnitTestRunner;
import io.imaas.adapter.mi.verify.CarPartsReader;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.KeylessBundles;
import io.imaas.adapter.oci.TagLists;
import io.imaas.adapter.otel.OtelTracing;
import io.imaas.adapter.preview.PreviewedGit;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.adapter.scan.ProgramScanner;
import io.imaas.adapter.system.EnvironmentSecrets;
import io.imaas.adapter.system.SystemClock;
import io.imaas.adapter.web.HttpWebQuestions;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.app.Ports;
import io.imaas.app.SharedLock;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.AdmissionPolicies;
import io.imaas.port.BundleReader;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarParts;
import io.imaas.port.CarVerifier;
import io.imaas.port.ChartStore;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.ExistingJobs;
import io.imaas.port.Expressions;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageCars;
import io.imaas.port.ImageFiles;
import io.imaas.port.ImageRegistry;
import io.imaas.port.ImageScanner;
import io.imaas.port.ImageTags;
import io.imaas.port.JobServer;
import io.imaas.port.KeylessSignatures;
import io.imaas.port.LiveHealth;
import io.imaas.port.Measures;
import io.imaas.port.MiProjects;
import io.imaas.port.OwnKey;
import io.imaas.port.PullRequests;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistryLogins;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.RunLock;
import io.imaas.port.RunningApplications;
import io.imaas.port.Secrets;
import io.imaas.port.ServiceCatalog;
import io.imaas.port.ServiceProbe;
import io.imaas.port.SignedStatements;
import io.imaas.port.TextDiff;
import io.imaas.port.Tracing;
import io.imaas.port.UnitTests;
import io.imaas.port.ValuesEditor;
import io.imaas.port.WebQuestions;
import io.imaas.step.chart.Charts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Builds {@link Ports} from adapters, and closes what it opened, the last first. A door says what it has; the order of
 * the calls matters only where one technology works on another: {@link #direct} on a cluster, both on Git.
 */
public final class Assembly implements AutoCloseable {
    private final Path cache;
    private final Clock clock;
    private final Map<String, String> environment;
    private final Ports.Builder ports = Ports.builder();
    private final Opened opened = new Opened();
    private boolean preview;
    private boolean adopts;
    private boolean manyTenants;
    private Function<RepositoryUrl, GitRepository> git;
    private HttpImageRegistry images;
    private Cluster cluster;
    private ServiceProbe probe = ServiceProbe.NONE;

    /**
     * @param cache folder for what can be made again: the chart, image layers
     * @param environment variables that name logins and daemons
     */
    public Assembly(Path cache, Clock clock, Map<String, String> environment) {
        this.cache = cache;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        ports.with(Clock.class, clock)
                .with(Secrets.class, new EnvironmentSecrets(environment))
                .with(ValuesEditor.class, new ByteExactValuesEditor())
                .with(TextDiff.class, new HistogramTextDiff())
                .with(BundleReader.class, new GitBundles())
                .with(CarParts.class, new CarPartsReader())
                .with(AdmissionPolicies.class, Adapters.admissionPolicies())
                .with(Expressions.class, Adapters.expressions());
        gates(new EnvironmentSecrets(environment));
    }

    /** @param secrets by the name that the platform's gates have for them */
    public Assembly gates(Secrets secrets) {
        return with(WebQuestions.class, new HttpWebQuestions(secrets));
    }

    /** With this machine's clock and environment. */
    public Assembly(Path cache) {
        this(cache, systemClock(), System.getenv());
    }

    public static Clock systemClock() {
        return new SystemClock();
    }

    /** Tells what takes traces how long what took, where the environment names one. */
    public Assembly tracing() {
        OtelTracing.of(environment).ifPresent(tracing -> with(Tracing.class, opened.add(tracing)));
        return this;
    }

    /** From now on what is added is measured. */
    public Assembly measuring(Measures measures) {
        return with(Measures.class, measures);
    }

    private Measures measures() {
        return ports.has(Measures.class) ? ports.get(Measures.class) : Measures.NONE;
    }

    /** From now on what is added is read and never written: a dry run. */
    public Assembly previewing() {
        preview = true;
        ports.preview();
        return this;
    }

    public boolean isPreview() {
        return preview;
    }

    /** From now on what exists and says nothing of its owner may be taken over. */
    public Assembly adopting() {
        adopts = true;
        ports.adopting();
        return this;
    }

    /** From now on a cluster is read for many tenants at once: right for one run, and for no longer. */
    public Assembly manyTenants() {
        manyTenants = true;
        return this;
    }

    /** Commits are signed with the key of our records, unless the settings name another one. */
    public Assembly git(GitSettings settings) {
        boolean plain = settings.signing().isNone() && ports.has(SignedStatements.class);
        GitRepositories repositories = opened.add(new GitRepositories(
                plain ? settings.signedBy(CommitSigning.by(ports.get(SignedStatements.class))) : settings));
        return git(repositories::at);
    }

    public Assembly git(Function<RepositoryUrl, GitRepository> repositories) {
        git = preview ? url -> new PreviewedGit(repositories.apply(url)) : repositories;
        ports.git(git);
        return this;
    }

    /** Records are signed with the key in this file, which is made when it is not there. */
    public Assembly key(Path file) {
        return key(new KeyFile(file));
    }

    public Assembly key(OwnKey key) {
        return with(SignedStatements.class, new DsseStatements(key));
    }

    /** The same, and what a person says is signed with that person's SSH key as well. */
    public Assembly key(OwnKey key, Path person) {
        return with(SignedStatements.class, new DsseStatements(key).alsoBy(person));
    }

    /** Pull requests, statuses and setups on whatever server a repository lies, with the login for Git. */
    public Assembly forges(ForgeLogin login) {
        return forges(opened.add(new Forges(clock, measures())), login);
    }

    /** The same with connections that others use, too. */
    public Assembly forges(Forges forges, ForgeLogin login) {
        ports.setups(url -> forges.setup(url, login, !preview));
        return forges(url -> forges.pullRequests(url, login));
    }

    public Assembly forges(Function<RepositoryUrl, Optional<PullRequests>> servers) {
        ports.forges(servers);
        return this;
    }

    /** Images are asked for and, without a Docker daemon, built and pushed there; logins as the environment says. */
    public Assembly registry() {
        return registry(logins());
    }

    public Assembly registry(RegistryLogins logins) {
        images = new HttpImageRegistry(logins);
        // Asked for secrets when they are needed: a door may give its own later.
        Secrets secrets = name -> ports.get(Secrets.class).find(name);
        ports.with(RegistrySpaces.class, opened.add(new HarborSpaces(secrets, !preview, adopts)));
        ports.with(ServiceCatalog.class, opened.add(new WsoServiceCatalog(secrets, !preview)));
        return with(ImageRegistry.class, images)
                .with(ImageFiles.class, images)
                .with(KeylessSignatures.class, new KeylessBundles(logins))
                .with(ImageTags.class, new TagLists(logins))
                .with(ImageBuilder.class, new JibImageBuilder(cache.resolve("images"), logins));
    }

    /** Images for some platforms of their base only, such as {@code linux/arm64}; none: all Linux ones. */
    public Assembly imagesFor(Set<String> platforms) {
        return with(ImageBuilder.class, new JibImageBuilder(cache.resolve("images"), logins()).forPlatforms(platforms));
    }

    /** Images by the project's own Dockerfile and a daemon. */
    public Assembly dockerImages() {
        return with(ImageBuilder.class, new DockerImageBuilder(DockerDaemons.connect(environment), logins()));
    }

    private RegistryLogins logins() {
        return Logins.toRegistries(environment);
    }

    /** How MI projects are built, checked and tested. */
    public Assembly runtime(Duration build) {
        return with(MiProjects.class, new MiProjectDetector())
                .with(CarBuilder.class, ChosenCarBuilder.of(new LocalProcesses(), build))
                .with(CarVerifier.class, new ProjectVerifier())
                .with(ImageCars.class, new ProjectImageCars())
                .with(ImageScanner.class, new ProgramScanner(new LocalProcesses()))
                .with(UnitTests.class, new UnitTestRunner());
    }

    /** The charts that the platform names. */
    public Assembly charts() {
        return charts(stored());
    }

    /** The chart in a folder, whichever the platform names. */
    public Assembly chart(Path folder) {
        return charts(stored().pinnedTo(folder));
    }

    private Assembly charts(ChartStore store) {
        return with(
                Charts.class, new Charts(new HelmRenderer(), store, new ManifestWorkloads(), new HistogramTextDiff()));
    }

    private LocalCharts stored() {
        return new LocalCharts(
                cache.resolve("charts"),
                url -> git.apply(url),
                () -> images == null ? new HttpImageRegistry(logins()) : images);
    }

    /** @param told takes which cluster it is, before anything is written */
    public Assembly kubernetes(ClusterAccess access, Consumer<String> told) {
        KubernetesCluster connected = opened.add(KubernetesCluster.connect(access));
        told.accept("Cluster: " + connected.address());
        KubernetesCluster adopting = adopts ? connected.adopting() : connected;
        if (!preview) {
            lock(connected.lock("imaas, process " + ProcessHandle.current().pid()));
        }
        KubernetesCluster asked = preview ? adopting.previewing() : adopting;
        return cluster(manyTenants ? asked.atOnce() : asked);
    }

    /** Who else changes the platform is waited for. */
    public Assembly lock(RunLock lock) {
        return with(SharedLock.class, new SharedLock(lock, clock, measures()));
    }

    /** What stands for a cluster; in a dry run one that writes nothing. */
    public Assembly cluster(Cluster given) {
        cluster = given;
        return with(Cluster.class, cluster)
                .with(PullSecrets.class, cluster instanceof PullSecrets pulls ? pulls : PullSecrets.NONE);
    }

    /** Rollouts ask the service itself which CARs it loaded. */
    public Assembly probe(ManagementAccess access, Expectation expectation) {
        probe = opened.add(new ManagementProbe(access, target -> Optional.of(expectation)));
        return this;
    }

    /** Renders and applies by itself, on the cluster given before. */
    public Assembly direct(Duration look) {
        DirectDeployments direct =
                opened.add(new DirectDeployments(new HelmRenderer(), cluster, git, chartFolder(), probe, clock, look));
        if (cluster instanceof KubernetesCluster real) {
            with(RunningApplications.class, real.running());
        }
        return with(Deployments.class, direct).with(LiveHealth.class, direct);
    }

    public Assembly argoCd(ArgoCdSettings settings) {
        ArgoCdSettings owning = adopts ? settings.adopting() : settings;
        ArgoCdSettings probing = (manyTenants ? owning.atOnce() : owning).probing(probe);
        ArgoCdDeployments argo = opened.add(
                preview
                        ? ArgoCdDeployments.previewing(probing, new Ancestry(git), clock)
                        : new ArgoCdDeployments(probing, new Ancestry(git), clock));
        return with(Deployments.class, argo)
                .with(LiveHealth.class, argo)
                .with(RunningApplications.class, argo.running());
    }

    /** Jobs as Job DSL files in a folder. */
    public Assembly jobs(Path folder) {
        return with(JobServer.class, new JobDslFolder(folder, !preview));
    }

    /** Jobs that were there before the platform, in the home folder of a Jenkins. */
    public Assembly jenkinsHome(Path folder) {
        return with(ExistingJobs.class, new JenkinsHome(folder));
    }

    /** The same, of a Jenkins that answers at this address. */
    public Assembly jenkins(URI address) {
        Secrets secrets = name -> ports.get(Secrets.class).find(name);
        return with(ExistingJobs.class, opened.add(new JenkinsServer(address, secrets)));
    }

    public <T> Assembly with(Class<T> type, T port) {
        ports.with(type, port);
        return this;
    }

    public Clock clock() {
        return clock;
    }

    public Ports.Builder ports() {
        return ports;
    }

    private Path chartFolder() {
        return BundledChart.unpack(cache.resolve("chart"));
    }

    @Override
    public void close() {
        opened.close();
    }
}
