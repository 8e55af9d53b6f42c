package io.imaas.dev.sandbox;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.assembly.Assembly;
import io.imaas.dev.local.LocalCluster;
import io.imaas.dev.world.LaidOutSources;
import io.imaas.dev.world.WorldFolder;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Workspaces;
import io.imaas.report.Matrix;
import io.imaas.run.Event.EventSink;
import io.imaas.run.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The real engine on a folder beside a service's sources: repositories, a registry on loopback, and a cluster. */
public record Sandbox(WorldFolder folder, Path sources, Assembly assembly, LaidOutSources workspaces)
        implements AutoCloseable {
    /** The folder's name, below the sources. */
    public static final String FOLDER = ".imaas-dev";

    /** Where the sources go; a push there goes to the first environment. */
    public static final BranchName MAIN = new BranchName("main");

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration BUILD = Duration.ofMinutes(30);

    /**
     * @param sources the service's folder
     * @param kubernetes a context of the kubeconfig; empty: a folder stands for the cluster, and no pods run
     * @param told takes which cluster it is
     */
    public static Sandbox on(
            WorldFolder folder, Path sources, Path localRepository, String kubernetes, Consumer<String> told) {
        LaidOutSources workspaces = new LaidOutSources(folder.below("work"), localRepository);
        Assembly assembly = new Assembly(folder.below("cache"));
        assembly.key(folder.below("orchestrator.key"))
                .git(GitSettings.of(folder.below("cache/git"), GitAccess.anonymous(), assembly.clock()))
                .registry()
                .runtime(BUILD)
                .charts()
                .with(Workspaces.class, workspaces);
        if (kubernetes.isEmpty()) {
            assembly.cluster(new LocalCluster(folder.below("cluster"), assembly.clock()));
        } else {
            assembly.kubernetes(new ClusterAccess.Machine(kubernetes), told);
        }
        assembly.direct(LOOK);
        return new Sandbox(folder, sources, assembly, workspaces);
    }

    /** The application, with the sandbox's platform as its files say now. */
    public Imaas imaas(Catalog catalog) {
        return Imaas.on(assembly.ports().build(), catalog);
    }

    /** Namespaces, branches and what else the tenant needs; changes nothing that is there. */
    public RunResult onboard(Catalog catalog, Actor actor, EventSink sink) {
        Imaas imaas = imaas(catalog);
        return imaas.run(imaas.plan(catalog.tenants().get(0), new OnboardRequest(), actor), sink);
    }

    public SourceSnapshot snapshot() {
        return new SourceSnapshot(sources, folder.bare("sources", MAIN));
    }

    /** Does with the sources as they are now what a push of them would do. */
    public RunResult deliver(Catalog catalog, BuildOptions options, Actor actor, EventSink sink) {
        Imaas imaas = imaas(catalog).waiting(options.timeout());
        Tenant tenant = catalog.tenants().get(0);
        CommitId commit = snapshot().take();
        tenant.services()
                .forEach(service -> workspaces.checkout(
                        service.name(), assembly.ports().build().git(folder.url("sources")), commit));
        SourceChange change = new SourceChange(
                folder.url("sources"), commit, new SourceHead.Branch(MAIN), "imaas dev " + commit.abbreviated());
        IntendedPlan plan = imaas.plan(tenant, new DeliverRequest(change, options), actor);
        return imaas.run(plan, sink);
    }

    public Matrix status(Catalog catalog) {
        return imaas(catalog).overview(catalog.tenants().get(0)).status();
    }

    @Override
    public void close() {
        assembly.close();
    }
}
