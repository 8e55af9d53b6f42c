package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.assembly.Assembly;
import io.imaas.app.platform.CatalogCache;
import io.imaas.cli.settings.Setting;
import io.imaas.dev.demo.Chapters;
import io.imaas.dev.demo.DemoActs;
import io.imaas.dev.demo.DemoAssembly;
import io.imaas.dev.demo.DemoPointers;
import io.imaas.dev.demo.DemoSources;
import io.imaas.dev.demo.DemoStory;
import io.imaas.dev.demo.DemoWorld;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.dev.world.WorldFolder;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.HtmlReport;
import io.imaas.report.Json;
import io.imaas.report.MatrixText;
import io.imaas.report.ProgressSink;
import io.imaas.report.Report;
import io.imaas.report.Terminal;
import io.imaas.report.Yaml;
import io.imaas.server.ServerSettings;
import io.imaas.server.Telemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas demo}: one tenant's whole life on one machine, without a server, root or Docker. */
@Command(
        name = "demo",
        description = {
            "Show one tenant's whole life on this machine: onboarding, build, image, release, rollout, "
                    + "promotion, a refused",
            "promotion and a rollback. Needs no server, no root and no Docker."
        })
public final class DemoCommand extends CliCommand {
    @Option(
            names = "--workdir",
            paramLabel = "DIR",
            description = {
                "where to work. An earlier demo in this folder continues where it stopped.",
                "Without it: ./imaas-demo, from the beginning"
            })
    private Path workdir;

    @Option(
            names = "--keep",
            description = "without --workdir: continue the demo in ./imaas-demo instead of starting from the beginning")
    private boolean keep;

    @Option(
            names = "--builder",
            paramLabel = "auto|native|maven",
            defaultValue = "maven",
            description = "how order-api is built (default: ${DEFAULT-VALUE}, the project's own build)")
    private String builder = "maven";

    @Option(
            names = "--test-server",
            paramLabel = "HOST:PORT",
            description = "a running MI unit-test server; repeatable. Without one, unit tests are skipped")
    private List<InetSocketAddress> testServers = List.of();

    @Option(
            names = "--serve",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "8080",
            description = "at the end, serve the pages of 'imaas serve' on 127.0.0.1 until Ctrl-C")
    private Integer serve;

    @Option(names = "--verbose", description = "show all output of the programs that run")
    private boolean verbose;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    protected int run() throws InterruptedException {
        port(serve == null ? 0 : serve);
        PrintWriter log = format.json() ? err() : out();
        Terminal terminal = format.json() ? new Terminal(false, false) : Terminal.of(System.getenv());
        ProgressSink progress = new ProgressSink(log, terminal, verbose, failure -> FailurePrinter.print(failure, log));
        Path root = (workdir == null ? Path.of("imaas-demo") : workdir)
                .toAbsolutePath()
                .normalize();
        try (WorldFolder folder = WorldFolder.open(root, "imaas demo", ".imaas-demo", workdir == null && !keep);
                LoopbackRegistry registry = registry(folder);
                DemoWorld world = DemoAssembly.assemble(folder, registry, progress, builder, testServers)) {
            Chapters chapters = new Chapters(folder, progress::say);
            new DemoStory(world, new DemoSources(examples()), progress, chapters).tell();
            Path config = config(folder);
            Report report = report(
                    world, chapters, DemoPointers.of(folder, config, System.getenv("IMAAS_ROOT"), registry.port()));
            folder.write("report.json", Json.pretty(report));
            folder.write("evidence.json", new DemoActs(world, progress).evidence());
            folder.write("report.html", HtmlReport.of(report));
            if (format.json()) {
                out().println(Json.pretty(report));
            } else {
                ending(out(), report);
            }
            if (serve != null) {
                serve(world, out());
            }
            return 0;
        }
    }

    /** Read only, for this machine; hooks would need a secret that nobody knows. */
    private void serve(DemoWorld world, PrintWriter out) throws InterruptedException {
        Serving.Wanted wanted = new Serving.Wanted(
                world.folder().url("platform"),
                world.folder().below("serve"),
                null,
                new ServerSettings(
                        "127.0.0.1",
                        serve,
                        null,
                        new Secret(UUID.randomUUID().toString()),
                        1,
                        Optional::empty,
                        Optional.empty()),
                Set.of(),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofMinutes(2),
                Optional.empty());
        ServerLog said = new ServerLog(out, false, world.assembly().clock());
        CatalogCache catalog = new CatalogCache(() -> world.catalog(DemoWorld.MAIN));
        catalog.refresh();
        try (Stop stop = new Stop();
                Assembly nothing = new Assembly(world.folder().below("cache")).previewing();
                Serving serving = new Serving(world.assembly(), nothing, catalog, wanted, new Telemetry(), said)) {
            out.println("Pages: " + serving.address() + "/ (Ctrl-C ends it)");
            stop.await();
        }
    }

    private static void ending(PrintWriter out, Report report) {
        out.println();
        out.print(MatrixText.of(report.matrix(), report.at(), Terminal.of(System.getenv())));
        out.println();
        out.println("See for yourself:");
        for (Report.Pointer pointer : report.where()) {
            out.println("  " + pointer.what());
            out.println("    " + pointer.command());
        }
    }

    /** With it, commands know the demo's platform, key and cluster. */
    private static Path config(WorldFolder folder) {
        Map<String, String> profile = new LinkedHashMap<>();
        profile.put(Setting.PLATFORM.key(), folder.url("platform").value());
        profile.put(Setting.TENANT.key(), DemoStory.TENANT.value());
        profile.put(Setting.KEY.key(), folder.below("orchestrator.key").toString());
        profile.put(Setting.CACHE.key(), folder.below("cache").toString());
        profile.put(Setting.CLUSTER_DIR.key(), folder.below("cluster").toString());
        folder.write("config.yaml", Yaml.pretty(Map.of("use", "demo", "profiles", Map.of("demo", profile))));
        return folder.below("config.yaml");
    }

    private static Report report(DemoWorld world, Chapters chapters, List<Report.Pointer> where) {
        Imaas imaas = world.imaas();
        Tenant tenant = imaas.tenant(DemoStory.TENANT);
        return new Report(
                "One tenant's whole life: " + tenant.displayName(),
                imaas.ports().clock().now(),
                imaas.overview(tenant).status(),
                chapters.reports(),
                where);
    }

    /** The same port again on a second run, since images are named by it. */
    private static LoopbackRegistry registry(WorldFolder folder) {
        Path kept = folder.below("registry.port");
        try {
            int port =
                    Files.exists(kept) ? Integer.parseInt(Files.readString(kept).trim()) : 0;
            LoopbackRegistry registry = LoopbackRegistry.start(folder.below("registry"), port);
            folder.write("registry.port", registry.port() + "\n");
            return registry;
        } catch (IOException | NumberFormatException e) {
            throw FailureException.input(
                    "what an earlier demo kept can't be read: " + Reason.of(e),
                    kept.toString(),
                    "remove the --workdir");
        }
    }

    /** The launcher says where the project is; without it the current folder is meant. */
    private static Path examples() {
        String root = System.getenv("IMAAS_ROOT");
        return Path.of(root == null ? "." : root).resolve("examples");
    }
}
