package io.imaas.dev.demo;

import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.jobs.JobDslFolder;
import io.imaas.adapter.kubernetes.ManifestWorkloads;
import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.MiProjectDetector;
import io.imaas.adapter.mi.unittest.UnitTestRunner;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.adapter.system.SystemClock;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.app.Engine;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.port.ChartRenderer;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.ServiceProbe;
import io.imaas.report.ProgressSink;
import io.imaas.step.observe.ArrivalObserver;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts the demo's world together: the real engine on folders and loopback. */
public final class DemoAssembly {
    private static final Duration BUILD = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(200);

    private DemoAssembly() {}

    public static DemoWorld assemble(
            DemoFolder folder,
            GitRepositories repositories,
            LoopbackRegistry registry,
            ProgressSink progress,
            String builder,
            List<InetSocketAddress> testServers) {
        Clock clock = new SystemClock();
        ChartRenderer helm = new HelmRenderer();
        Path chart = BundledChart.unpack(folder.below("chart"));
        Cluster cluster = new LocalCluster(folder.below("cluster"), clock);
        RegistryCredentials credentials = RegistryCredentials.none();
        Path localRepository = Path.of(System.getProperty("user.home"), ".m2", "repository");
        DemoWorkspaces workspaces = new DemoWorkspaces(folder.below("work"), localRepository);
        Engine engine = new Engine(
                tenant -> repositories.at(tenant.gitops()),
                repositories::at,
                url -> Optional.empty(),
                new ByteExactValuesEditor(),
                new MiProjectDetector(),
                ChosenCarBuilder.of(new LocalProcesses(), BUILD),
                new ProjectVerifier(),
                new UnitTestRunner(),
                testServers,
                new JibImageBuilder(folder.below("cache/images"), credentials),
                new HttpImageRegistry(credentials),
                cluster,
                new DirectDeployments(helm, cluster, repositories::at, chart, ServiceProbe.NONE, clock, LOOK),
                Optional.of(new ArrivalObserver.ChartSource(
                        helm, chart.toString(), new ManifestWorkloads(ContainerDefaults.USUAL))),
                new JobDslFolder(folder.below("jobs")),
                workspaces,
                clock);
        return new DemoWorld(folder, repositories, engine, workspaces, progress, registry.address(), builder);
    }
}
