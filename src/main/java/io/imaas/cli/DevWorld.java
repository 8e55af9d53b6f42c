package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.app.assembly.Adapters;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.KnownFiles;
import io.imaas.catalog.Profiles;
import io.imaas.catalog.ServiceFile;
import io.imaas.cli.init.Templates;
import io.imaas.dev.sandbox.RegistryProcess;
import io.imaas.dev.sandbox.Sandbox;
import io.imaas.dev.world.WorldFolder;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Actor;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.MiProject;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.report.ProgressSink;
import io.imaas.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;

/** The sandbox of one folder of sources, as the three commands of {@code imaas dev} use it. */
record DevWorld(Path sources, WorldFolder folder, ProgressSink progress) implements AutoCloseable {
    private static final String READY = "ready";
    private static final BranchName FIRST = new BranchName("dev");
    private static final Duration BUILD = Duration.ofMinutes(30);

    static DevWorld of(Path sources, ProgressSink progress) {
        Path absolute = sources.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw FailureException.input(
                    Reason.noFolder(Files.exists(absolute)),
                    absolute.toString(),
                    Files.exists(absolute)
                            ? "name the folder that it is in"
                            : "imaas init service " + Pasted.of(sources));
        }
        return new DevWorld(
                absolute,
                WorldFolder.open(absolute.resolve(Sandbox.FOLDER), "imaas dev", ".imaas-dev", false),
                progress);
    }

    /** Whether somebody brought it up. */
    static boolean exists(Path sources) {
        return Files.isRegularFile(sources.resolve(Sandbox.FOLDER).resolve(READY));
    }

    /** What a person may choose.
     * @param name of the service; null: as the sources say
     * @param registry where images go; null: one on loopback
     * @param kubernetes context of the kubeconfig; null: a folder stands for the cluster */
    record Choice(String name, String registry, String kubernetes, boolean docker) {
        static final Choice USUAL = new Choice(null, null, null, false);
    }

    /** Writes the files that are not there yet, begins the registry and onboards. */
    RunResult up(Choice choice) {
        List<String> names = choice.name() == null ? names() : List.of(new ServiceName(choice.name()).value());
        RegistryProcess registry = new RegistryProcess(folder);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("NAME", names.get(0));
        values.put("OWNER", actor().name());
        values.put("FOLDER", folder.root().toString());
        values.put("PORT", String.valueOf(registry.port()));
        values.put(
                "REGISTRY", choice.registry() == null ? "localhost:" + registry.port() + "/local" : choice.registry());
        values.put("GITOPS", folder.url("gitops").value());
        values.put(
                "SERVICES",
                names.stream()
                        .map(name -> "{name: " + name + ", repository: " + folder.url("sources") + ", type: gateway}")
                        .collect(Collectors.joining(", ")));
        values.put("KEY", Adapters.makeKey(folder.below("orchestrator.key")).listed());
        values.put("RUNTIME", runtime());
        values.put(
                "TARGET",
                choice.kubernetes() == null
                        ? "cluster-dir: " + folder.below("cluster")
                        : "kubernetes: \"" + choice.kubernetes() + "\"");
        Templates.of("dev", values).forEach((path, text) -> {
            if (!Files.exists(folder.below(path))) {
                folder.write(path, text);
            }
        });
        folder.bare("gitops", FIRST);
        folder.bare("sources", Sandbox.MAIN);
        startRegistry(choice.docker() || choice.registry() != null);
        try (Sandbox sandbox = sandbox()) {
            RunResult result = sandbox.onboard(catalog(), actor(), progress);
            if (result.exitCode() == 0) {
                folder.write(READY, "");
            }
            return result;
        }
    }

    private void startRegistry(boolean elsewhere) {
        if (elsewhere) {
            folder.write("registry.elsewhere", "");
        }
        if (!Files.exists(folder.below("registry.elsewhere"))) {
            new RegistryProcess(folder).start(thisProgram());
        }
    }

    /** Makes sure that what is there runs. */
    void wake() {
        startRegistry(false);
    }

    Sandbox sandbox() {
        Path local = Path.of(System.getProperty("user.home"), ".m2", "repository");
        return Sandbox.on(folder, sources, local, kubernetes(), progress::say);
    }

    Catalog catalog() {
        return PlatformSource.read(new PlatformFolder(folder.below("platform")).files(), new KnownFiles())
                .orThrow();
    }

    /** Ends the registry and removes the folder. */
    void down() throws IOException {
        new RegistryProcess(folder).stop();
        close();
        FileUtils.deleteDirectory(folder.root().toFile());
    }

    Path config() {
        return folder.below("config.yaml");
    }

    Actor actor() {
        return Actor.unverified("@" + System.getProperty("user.name"));
    }

    /** The services that {@code imaas.yaml} names, else the one that the project is called. */
    private List<String> names() {
        Path file = sources.resolve(ServiceFile.NAME);
        if (Files.isRegularFile(file)) {
            List<String> named = ServiceFile.read(
                            file.toString(), TextFile.read(file), path -> Files.exists(sources.resolve(path)))
                    .orThrow()
                    .groups()
                    .stream()
                    .flatMap(List::stream)
                    .map(ServiceSettings.Project::service)
                    .filter(Objects::nonNull)
                    .map(ServiceName::value)
                    .toList();
            if (!named.isEmpty()) {
                return named;
            }
        }
        return List.of(new ServiceName(project().artifactId().toLowerCase(Locale.ROOT)).value());
    }

    private MiProject project() {
        try (Assembly assembly = new Assembly(folder.below("cache"))) {
            return new Projects(assembly.runtime(BUILD).ports().build())
                    .in(sources)
                    .get(0);
        }
    }

    private String runtime() {
        String version = project().runtimeVersion();
        return version.isEmpty() ? "latest" : version;
    }

    private String kubernetes() {
        String text = TextFile.read(config(), "imaas dev down, then imaas dev up");
        Profiles profiles = Profiles.read(config().toString(), text).orThrow();
        return profiles.byName().get("dev").getOrDefault("kubernetes", "");
    }

    /** What starts this program again, with the Java that runs it. */
    private static List<String> thisProgram() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    @Override
    public void close() {
        folder.close();
    }
}
