package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.RegistryPaths;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Registry resources: what an {@code artifact.xml} lists, with the files and folders that it names. */
final class RegistryPacking {
    private final VsCodeLayout layout;
    private final Path folder;
    private final CarAssembly car;
    private final Map<Path, Path> made;
    private final boolean resourceList;
    private final String shown;

    /**
     * @param made files that the build makes, by the place where it puts them
     * @param resourceList whether the resources' own folder is a part of the registry, as it is where it has a list
     */
    RegistryPacking(VsCodeLayout layout, Path folder, CarAssembly car, Map<Path, Path> made, boolean resourceList) {
        this.layout = layout;
        this.folder = folder;
        this.car = car;
        this.made = made;
        this.resourceList = resourceList;
        this.shown = layout.shown(folder.resolve("artifact.xml"));
    }

    void pack() {
        Path list = folder.resolve("artifact.xml");
        if (Files.isRegularFile(list)) {
            XmlParser.read(layout.read(list), shown).children("artifact").forEach(this::pack);
        }
    }

    private void pack(XmlElement artifact) {
        Item item = new Item(
                required(artifact, "name"), required(artifact, "version"), Item.INTEGRATOR, "registry/resource");
        Optional<XmlElement> file = artifact.child("item");
        Optional<XmlElement> collection = artifact.child("collection");
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (file.isPresent()) {
            addFile(file.get(), files);
        } else {
            collection.ifPresent(c -> addFolder(c, files));
        }
        byte[] info = file.or(() -> collection).map(RegistryPacking::info).orElse(null);
        car.registry(item, files, info, shown);
    }

    private static byte[] info(XmlElement entry) {
        return new CarXml().open("resources").copy(entry).close("resources").bytes();
    }

    private void addFile(XmlElement item, Map<String, byte[]> files) {
        String name = part(item, "file");
        Path place = place(item, name);
        Path source = made.getOrDefault(place, place);
        if (!Files.isRegularFile(source)) {
            throw missing(item, source);
        }
        files.put(name, layout.read(source));
    }

    private void addFolder(XmlElement collection, Map<String, byte[]> files) {
        String name = part(collection, "directory");
        Path source = place(collection, "");
        if (!Files.isDirectory(source)) {
            throw missing(collection, source);
        }
        files.put(name + "/", new byte[0]);
        for (Path one : Folders.below(source)) {
            String path = name + "/" + source.relativize(one).toString().replace('\\', '/');
            boolean directory = Files.isDirectory(one);
            files.put(directory ? path + "/" : path, directory ? new byte[0] : layout.read(one));
        }
        made.forEach((place, file) -> {
            if (place.startsWith(source)) {
                files.put(name + "/" + source.relativize(place).toString().replace('\\', '/'), layout.read(file));
            }
        });
    }

    /** The path in the registry says where the file lies in the project. */
    private Path place(XmlElement entry, String name) {
        String path = part(entry, "path");
        String below = RegistryPaths.below(path, resourceList)
                .orElseThrow(() -> FailureException.input(
                        "the registry path '" + path + "' is in no known part of the registry",
                        entry.location(),
                        "begin it with one of " + String.join(", ", RegistryPaths.known(resourceList))));
        Path file = folder.resolve((below + "/" + name).replaceFirst("^/+", "")).normalize();
        if (!file.startsWith(folder)) {
            throw FailureException.input(
                    "the resource lies outside of " + layout.shown(folder),
                    entry.location(),
                    "keep its path below the folder");
        }
        return file;
    }

    private FailureException missing(XmlElement entry, Path source) {
        return FailureException.input(
                "the registry resource " + layout.shown(source) + " is not there",
                entry.location(),
                "add it, or take it out of the artifact.xml");
    }

    private static String part(XmlElement entry, String name) {
        return entry.child(name)
                .map(XmlElement::text)
                .orElseThrow(() -> FailureException.input(
                        "the <" + entry.name() + "> has no <" + name + ">", entry.location(), "write it"));
    }

    private static String required(XmlElement artifact, String name) {
        String value = artifact.attribute(name);
        if (value.isBlank()) {
            throw FailureException.input("the <artifact> has no " + name, artifact.location(), "give it one");
        }
        return value;
    }
}
