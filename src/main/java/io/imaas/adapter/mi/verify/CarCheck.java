package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ModuleProperties;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.mi.verify.CarArchive.Entry;
import io.imaas.adapter.mi.verify.RegistryCheck.RegistryResource;
import io.imaas.model.failure.Location;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every source artifact is in the CAR with the same content, and nothing else is. */
final class CarCheck {
    private final ProjectSources sources;
    private final Findings findings;
    private final CarArchive car;
    private final String file;
    private final Path path;
    private final PackedByMaven byMaven;
    private final Unexplained unexplained;
    /** Null in the layout of VS Code. */
    private final StudioLayout studio;
    /** In the layout of Integration Studio, by the file: what its module's plugin puts into it. */
    private final Map<Path, ModuleProperties> filters;

    CarCheck(ProjectSources sources, CarArchive car, Path path) {
        this.sources = sources;
        this.findings = sources.findings();
        this.car = car;
        this.file = path.getFileName().toString();
        this.path = path;
        this.byMaven = new PackedByMaven(sources);
        this.unexplained = new Unexplained(car.artifacts(findings));
        this.studio = sources.studio() ? StudioLayout.of(sources.project()) : null;
        this.filters = studio == null ? Map.of() : ModuleProperties.byFile(studio);
    }

    void run(List<RegistryResource> registry) {
        List<Entry> all = unexplained.all();
        new CarListCheck(sources, car, file).run(all);
        if (studio != null) {
            new StudioCarCheck(sources, unexplained, studio).run(this::missing, this::same);
        } else {
            sources.artifacts().forEach(this::artifact);
            registry.forEach(this::registryResource);
            configuration();
            new MetadataCheck(sources).run(unexplained, this::same);
            connectors();
        }
        compiled();
        boolean fat = car.xml("descriptor.xml", findings)
                .map(d -> d.childText("fatCarEnabled").equals("true"))
                .orElse(false);
        unexplained.all().stream()
                .filter(entry -> studio != null || !byMaven.explains(entry))
                .forEach(entry -> extra(entry, fat));
        strayFiles(all, fat);
    }

    private void artifact(SourceArtifact artifact) {
        List<Entry> packed = unexplained.take(artifact.kind().type(), artifact.carName());
        if (packed.isEmpty()) {
            missing(artifact.file(), artifact.words());
        }
        packed.forEach(entry -> same(artifact.file(), entry.path()));
    }

    private void registryResource(RegistryResource resource) {
        List<Entry> packed = unexplained.take("registry/resource", resource.name());
        if (packed.isEmpty()) {
            missing(resource.file(), "the registry resource '" + resource.name() + "'");
        }
        for (Entry entry : packed) {
            String content = entry.folder() + "/resources/" + resource.content();
            if (resource.collection()) {
                for (String member : sources.tree().below(resource.file())) {
                    same(member, content + member.substring(resource.file().length()));
                }
            } else if (!resource.made()) {
                same(resource.file(), content);
            }
        }
    }

    private void configuration() {
        if (sources.tree().has(ProjectSources.CONFIG)) {
            List<Entry> packed = unexplained.take("config/property", entry -> true);
            if (packed.isEmpty()) {
                missing(ProjectSources.CONFIG, "config.properties");
            }
            packed.forEach(entry -> same(ProjectSources.CONFIG, entry.path()));
        }
    }

    private void connectors() {
        for (String folder : List.of("connectors", "inbound-connectors")) {
            for (String connector : sources.tree().below(ProjectSources.RESOURCES + "/" + folder)) {
                if (connector.endsWith(".zip")) {
                    String name = connector.substring(connector.lastIndexOf('/') + 1);
                    List<Entry> packed = unexplained.take(
                            "synapse/lib", entry -> entry.file().equals(name));
                    // Runtimes before 4.4 don't take inbound connectors in a CAR.
                    if (packed.isEmpty() && folder.equals("connectors")) {
                        missing(connector, "the connector " + name);
                    }
                    packed.forEach(entry -> same(connector, entry.path()));
                }
            }
        }
        if (!sources.project().classMediators().isEmpty()
                && unexplained.all().stream().noneMatch(e -> e.type().equals("lib/synapse/mediator"))) {
            findings.error(
                    "not-in-car",
                    Location.of("src/main/java"),
                    "the class mediators are not in the CAR",
                    "build with Maven; the packaging must be jar");
        }
    }

    /** What was compiled cannot be compared with its sources; but it is not older than they are. */
    private void compiled() {
        FileTime built = sources.tree().changed(path);
        Stream.of(sources.project().classMediators(), sources.project().dataMappers())
                .flatMap(List::stream)
                .filter(source -> sources.tree().has(source)
                        && sources.tree()
                                        .changed(sources.tree().resolve(source))
                                        .compareTo(built)
                                > 0)
                .forEach(source -> findings.error(
                        "car-differs",
                        Location.of(source),
                        "the file is newer than the CAR that was compiled of it",
                        "build it again"));
    }

    private void extra(Entry entry, boolean fat) {
        Location where = Location.of(file + "!/" + entry.folder());
        String what = entry.type() + " '" + entry.name() + "' is in the CAR but not in the sources";
        if (fat) {
            findings.info("car-extra", where, what + "; a fat CAR holds its dependencies'", "");
        } else {
            findings.error("car-extra", where, what, "clean the project and build it again");
        }
    }

    /** Files that belong to no artifact. */
    private void strayFiles(List<Entry> all, boolean fat) {
        Set<String> folders = new HashSet<>();
        all.forEach(entry -> folders.add(entry.folder()));
        Set<String> top = Set.of("artifacts.xml", "metadata.xml", "descriptor.xml");
        for (String path : car.entries().keySet()) {
            boolean known = top.contains(path)
                    || path.startsWith("META-INF/")
                    || (fat && path.matches("dependencies/[^/]+\\.car"))
                    || Folders.covers(folders, path);
            if (!known) {
                findings.error(
                        "car-extra",
                        Location.of(file + "!/" + path),
                        "the file belongs to no artifact of the CAR",
                        "clean the project and build it again");
            }
        }
    }

    private void missing(String source, String what) {
        findings.error(
                "not-in-car",
                Location.of(source),
                what + " is not in the CAR",
                "look for an [ERROR] line in the build's log");
    }

    private void same(String source, String packed) {
        byte[] content = car.entries().get(packed);
        if (content == null) {
            findings.error(
                    "not-in-car",
                    Location.of(source),
                    "the CAR has no " + packed,
                    "clean the project and build it again");
        } else if (sources.tree().has(source) && !Arrays.equals(content, packable(source))) {
            findings.error(
                    "car-differs",
                    Location.of(source),
                    "the CAR has another content in " + packed,
                    "build it again: the CAR is not made from these sources");
        }
    }

    /** What the build makes of a file. */
    private byte[] packable(String source) {
        byte[] content = sources.tree().read(source);
        ModuleProperties properties = filters.get(sources.tree().resolve(source));
        try {
            return properties == null ? content : properties.into(content);
        } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Then it is for the build to refuse it.
            return content;
        }
    }

    /** What Maven adds to a CAR in the layout of VS Code that no file of the sources shows: fetched connectors, compiled classes, other modules' parts. */
    private record PackedByMaven(ProjectSources sources) {
        private static final Set<String> LIBRARIES = Set.of("synapse/lib", "lib/connector/dependency");

        private boolean hasDependencies() {
            return sources.tree().has("pom.xml")
                    && sources.xml("pom.xml")
                            .flatMap(pom -> pom.root().child("dependencies"))
                            .filter(d -> !d.children().isEmpty())
                            .isPresent();
        }

        boolean explains(Entry entry) {
            if (LIBRARIES.contains(entry.type())) {
                return hasDependencies();
            }
            if (entry.type().equals("lib/synapse/mediator")) {
                return !sources.project().classMediators().isEmpty();
            }
            return false;
        }
    }
}
