package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.build.StudioFit.Part;
import io.imaas.adapter.mi.layout.ModuleProperties;
import io.imaas.adapter.mi.layout.StudioArtifact;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Packs what a composite of Integration Studio takes, as WSO2's {@code maven-car-plugin} and the plugins of the modules
 * do. Read from the tags of their public source, 4.4.0 to 5.2.107; nothing else that they pack changed between those.
 */
record StudioPacking(StudioFit fit) {
    private static final String LISTS_METADATA = "5.2.33";
    private static final String NAMES_MAIN_SEQUENCE = "5.2.45";

    SortedMap<String, byte[]> pack() {
        CarAssembly car = new CarAssembly();
        boolean metadata = since(LISTS_METADATA);
        fit.parts().forEach(part -> pack(part, metadata, car));
        // The plugin's own order: what the server needs first, and else as the composite names them.
        List<Part> sorted = fit.parts().stream()
                .sorted(Comparator.comparingInt(part -> part.kind().priority()))
                .toList();
        if (metadata) {
            car.file("metadata.xml", contents(sorted.stream()));
        }
        car.file(
                "artifacts.xml",
                contents(sorted.stream().filter(part -> !metadata || part.kind() != StudioKind.METADATA)));
        return car.entries();
    }

    /** The CAR's file name. */
    String carName() {
        Map<String, String> settings = fit.pom()
                .plugin(StudioLayout.CAR_PLUGIN)
                .map(Pom.Plugin::configuration)
                .orElse(Map.of());
        String name = settings.getOrDefault("finalName", "");
        String classifier = settings.getOrDefault("classifier", "");
        return (name.isEmpty()
                        ? fit.pom().artifactId() + "_" + fit.pom().version()
                                + (classifier.isEmpty() ? "" : "-" + classifier)
                        : name)
                + ".car";
    }

    private byte[] contents(Stream<Part> parts) {
        String main = since(NAMES_MAIN_SEQUENCE) ? fit.pom().properties().get("mainSequence") : null;
        List<Item> items = parts.map(StudioPacking::item).toList();
        return new CarContents(fit.pom().artifactId(), fit.pom().version(), main, items).xml();
    }

    private boolean since(String version) {
        return fit.pom()
                .plugin(StudioLayout.CAR_PLUGIN)
                .map(Pom.Plugin::version)
                .filter(v -> v.matches("\\d.*"))
                .map(v -> new ComparableVersion(v).compareTo(new ComparableVersion(version)) >= 0)
                .orElse(true);
    }

    private static Item item(Part part) {
        return new Item(
                part.artifact().name(),
                part.artifact().version(),
                part.packed().serverRole(),
                part.kind().type());
    }

    private void pack(Part part, boolean metadata, CarAssembly car) {
        Item item = item(part);
        String folder = item.artifact() + "_" + item.version();
        String source = fit.layout().shown(part.artifact().file());
        if (part.kind() == StudioKind.REGISTRY_RESOURCE) {
            registry(part, item, car);
            return;
        }
        String file = item.artifact() + "-" + item.version() + "." + part.kind().extension();
        byte[] content = content(part, part.artifact().file(), part.filtered());
        if (part.kind() == StudioKind.METADATA && metadata) {
            car.metadata(item, folder, file, content, source);
        } else {
            car.artifact(item, folder, file, content, source);
        }
    }

    private void registry(Part part, Item item, CarAssembly car) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        CarXml info = new CarXml().open("resources");
        List<XmlElement> entries = new ArrayList<>(part.artifact().declared().children("item"));
        entries.addAll(part.artifact().declared().children("collection"));
        for (XmlElement entry : entries) {
            String kind = entry.name().equals("item") ? "file" : "directory";
            Path source =
                    part.artifact().module().resolve(entry.childText(kind)).normalize();
            String name = source.getFileName().toString();
            if (Files.isDirectory(source)) {
                folder(source, name, files);
            } else {
                put(files, name, content(part, source, true), source);
            }
            info.open(entry.name()).text(kind, name).text("path", text(entry, "path"));
            if (kind.equals("file")) {
                info.text("mediaType", text(entry, "mediaType"));
            }
            properties(entry, info);
            info.close(entry.name());
        }
        car.registry(
                item,
                files,
                info.close("resources").bytes(),
                fit.layout().shown(part.artifact().module().resolve("artifact.xml")) + " (" + item.artifact() + ")");
    }

    private static String text(XmlElement entry, String name) {
        return entry.child(name).map(XmlElement::text).orElse("");
    }

    private static void properties(XmlElement entry, CarXml info) {
        List<XmlElement> properties = entry.child("properties").stream()
                .flatMap(all -> all.children("property").stream())
                .toList();
        if (properties.isEmpty()) {
            info.empty("properties");
            return;
        }
        info.open("properties");
        properties.forEach(one -> info.empty("property", "key", one.attribute("key"), "value", one.attribute("value")));
        info.close("properties");
    }

    private void folder(Path source, String name, SortedMap<String, byte[]> files) {
        files.put(name + "/", new byte[0]);
        for (Path one : Folders.below(source)) {
            String path = name + "/" + source.relativize(one).toString().replace('\\', '/');
            if (Files.isDirectory(one)) {
                files.put(path + "/", new byte[0]);
            } else {
                put(files, path, fit.layout().read(one), one);
            }
        }
    }

    private void put(SortedMap<String, byte[]> files, String path, byte[] content, Path source) {
        if (files.put(path, content) != null) {
            throw FailureException.input(
                    "two files of one resource get the same place in the CAR: " + path,
                    Location.of(fit.layout().shown(source)),
                    "rename one of them: one would overwrite the other");
        }
    }

    private byte[] content(Part part, Path file, boolean filtered) {
        if (!Files.isRegularFile(file)) {
            StudioArtifact artifact = part.artifact();
            throw FailureException.input(
                    "'" + artifact.name() + "' has the file " + fit.layout().shown(file) + ", which does not exist",
                    new Location(
                            fit.layout().shown(artifact.module().resolve("artifact.xml")),
                            artifact.declared().location().line(),
                            0),
                    "correct the path, or remove the artifact from the list");
        }
        byte[] content = fit.layout().read(file);
        return filtered ? filtered(content, ModuleProperties.of(part.module()), file) : content;
    }

    private byte[] filtered(byte[] content, ModuleProperties properties, Path file) {
        try {
            return properties.into(content);
        } catch (CharacterCodingException e) {
            throw FailureException.input(
                    "is not UTF-8 text, and the module's plugin would break it: it puts properties into every file",
                    Location.of(fit.layout().shown(file)),
                    "save it as UTF-8; a binary resource goes into a <collection>, whose files are packed as they are");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw FailureException.input(
                    "a property of the module's pom.xml that stands in it has a '$' or '\\' that Maven's plugin cannot"
                            + " put there: " + e.getMessage(),
                    Location.of(fit.layout().shown(file)),
                    "write \\$ for $ and \\\\ for \\ in the property");
        }
    }
}
