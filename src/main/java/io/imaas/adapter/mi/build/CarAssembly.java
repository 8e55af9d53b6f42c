package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A CAR in the making. Two sources that would get the same place in it are refused: WSO2's plugin loses one of them. */
final class CarAssembly {
    private static final byte[] FOLDER = {};

    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private final Map<String, String> sources = new HashMap<>();
    private final List<Item> artifacts = new ArrayList<>();
    private final List<Item> metadata = new ArrayList<>();

    /**
     * Adds one artifact with its file.
     *
     * @param source the file that it comes from, as the user knows it
     */
    void artifact(Item item, String folder, String fileName, byte[] content, String source) {
        artifacts.add(item);
        place(item, folder, fileName, null, source);
        put(folder + "/" + fileName, content);
    }

    /** Adds a library of a connector; the plugin gives its folder no version. */
    void library(Item item, String connector, String fileName, byte[] content, String source) {
        artifacts.add(item);
        place(item, item.artifact(), fileName, connector, source);
        put(item.artifact() + "/" + fileName, content);
    }

    /** Adds a file that is not an artifact. */
    void file(String path, byte[] content) {
        put(path, content);
    }

    /** The same for what describes an API or a service to a catalogue. */
    void metadata(Item item, String folder, String fileName, byte[] content, String source) {
        metadata.add(item);
        place(item, "metadata/" + folder, fileName, null, source);
        put("metadata/" + folder + "/" + fileName, content);
    }

    /**
     * Adds a registry resource. One that is listed a second time as it is gets a second line in the list and no more.
     *
     * @param files contents by path below the resource's own folder; a path that ends with a slash is a folder
     * @param info the {@code registry-info.xml}, or null when the resource has no files
     */
    void registry(Item item, Map<String, byte[]> files, byte[] info, String source) {
        artifacts.add(item);
        String folder = item.artifact() + "_" + item.version();
        Map<String, byte[]> within = new HashMap<>();
        files.forEach((path, content) -> within.put(folder + "/resources/" + path, content));
        if (info != null) {
            within.put(folder + "/registry-info.xml", info);
        }
        boolean again = !within.isEmpty()
                && within.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), entries.get(e.getKey())));
        if (!again) {
            place(item, folder, "registry-info.xml", null, source);
            within.forEach(this::put);
        }
    }

    private void place(Item item, String folder, String fileName, String connector, String source) {
        String other = sources.putIfAbsent(folder, source);
        if (other != null) {
            throw FailureException.input(
                    "gets the same place in the CAR as " + other + " (" + folder + "/)",
                    Location.of(source),
                    "rename one of them: one would overwrite the other");
        }
        put(
                folder + "/artifact.xml",
                new CarXml()
                        .open("artifact", item.attributes(connector))
                        .text("file", fileName)
                        .close("artifact")
                        .bytes());
    }

    private void put(String name, byte[] content) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            entries.put(name.substring(0, slash + 1), FOLDER);
        }
        entries.put(name, content);
    }

    /** What was put in so far. */
    SortedMap<String, byte[]> entries() {
        return entries;
    }

    /** All entries with the lists of the contents. */
    SortedMap<String, byte[]> entries(Pom pom) {
        String mainSequence = pom.properties().get("mainSequence");
        List<Item> all = new ArrayList<>(artifacts);
        all.addAll(metadata);
        PluginTraits traits = PluginTraits.of(pom);
        String name = pom.artifactId() + (traits.has(Trait.PLAIN_NAME) ? "" : "CompositeExporter");
        put(
                "artifacts.xml",
                new CarContents(name, pom.version(), mainSequence, artifacts)
                        .sorted()
                        .xml());
        put(
                "metadata.xml",
                new CarContents(name, pom.version(), mainSequence, all).sorted().xml());
        if (traits.has(Trait.DESCRIPTOR)) {
            put("descriptor.xml", descriptor(pom, traits.has(Trait.DEPLOYMENT_KIND)));
        }
        return entries;
    }

    private static byte[] descriptor(Pom pom, boolean deploymentKind) {
        String joint = deploymentKind ? "__" : "_";
        CarXml xml = new CarXml()
                .open("project")
                .text("id", pom.groupId() + joint + pom.artifactId() + joint + pom.version());
        if (deploymentKind) {
            xml.text("versionedDeployment", Boolean.toString(pom.flag("versionedDeployment")))
                    .text("fatCarEnabled", Boolean.toString(pom.flag("fat.car.enable")));
        }
        List<Pom.Dependency> cars =
                pom.dependencies().stream().filter(d -> d.type().equals("car")).toList();
        if (cars.isEmpty()) {
            return xml.empty("dependencies").close("project").bytes();
        }
        xml.open("dependencies");
        cars.forEach(d -> xml.empty(
                "dependency",
                "groupId",
                d.groupId(),
                "artifactId",
                d.artifactId(),
                "version",
                d.version(),
                "type",
                "car"));
        return xml.close("dependencies").close("project").bytes();
    }
}
