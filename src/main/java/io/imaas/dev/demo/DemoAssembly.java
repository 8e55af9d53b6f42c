package io.imaas.dev.demo;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.app.assembly.Assembly;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.dev.local.LocalCluster;
import io.imaas.dev.world.LaidOutSources;
import io.imaas.dev.world.WorldFolder;
import io.imaas.port.Workspaces;
import io.imaas.report.ProgressSink;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Puts the demo's world together: the real engine on folders and loopback. */
public final class DemoAssembly {
    private static final Duration BUILD = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMillis(200);

    private DemoAssembly() {}

    public static DemoWorld assemble(
            WorldFolder folder,
            LoopbackRegistry registry,
            ProgressSink progress,
            String builder,
            List<InetSocketAddress> testServers) {
        Path localRepository = Path.of(System.getProperty("user.home"), ".m2", "repository");
        LaidOutSources workspaces = new LaidOutSources(folder.below("work"), localRepository);
        Assembly assembly = new Assembly(folder.below("cache"));
        assembly.key(folder.below("orchestrator.key"))
                .git(GitSettings.of(folder.below("cache/git"), GitAccess.anonymous(), assembly.clock()))
                .registry(RegistryCredentials.none())
                .runtime(BUILD)
                .charts()
                .cluster(new LocalCluster(folder.below("cluster"), assembly.clock()))
                .direct(LOOK)
                .jobs(folder.below("jobs"))
                .with(Workspaces.class, workspaces);
        assembly.ports().testServers(testServers);
        return new DemoWorld(folder, assembly, workspaces, progress, registry.address(), builder);
    }
}
