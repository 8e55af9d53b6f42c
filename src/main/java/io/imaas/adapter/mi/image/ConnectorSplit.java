package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.build.CarXml;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.image.Digest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CAR in two: its connectors with their libraries, which are large and seldom change, and all else. The runtime keeps
 * connectors for all CARs together, so it makes no difference to it as long as they are loaded first. A CAR with a
 * deployment of its own ({@code versionedDeployment}), a fat CAR, and one with small connectors stay whole.
 *
 * @param connectors the same bytes as long as the connectors are the same, whatever the project's version
 */
record ConnectorSplit(SortedMap<String, byte[]> connectors, SortedMap<String, byte[]> rest) {
    private static final Set<String> TYPES = Set.of("synapse/lib", "lib/connector/dependency");
    private static final int WORTH_IT = 256 * 1024;

    static Optional<ConnectorSplit> of(PackedCar car) {
        if (car.isFat() || car.isVersioned()) {
            return Optional.empty();
        }
        Set<String> folders = new HashSet<>();
        Set<String> names = new HashSet<>();
        car.entries().forEach((entry, content) -> {
            if (entry.matches("[^/]+/artifact\\.xml")) {
                XmlParser.readIfWellFormed(content, entry)
                        .filter(artifact -> TYPES.contains(artifact.attribute("type")))
                        .ifPresent(artifact -> {
                            folders.add(entry.substring(0, entry.indexOf('/') + 1));
                            names.add(key(artifact, "name"));
                        });
            }
        });
        SortedMap<String, byte[]> connectors = new TreeMap<>();
        SortedMap<String, byte[]> rest = new TreeMap<>();
        car.entries().forEach((entry, content) -> (folders.contains(entry.substring(0, entry.indexOf('/') + 1))
                        ? connectors
                        : rest)
                .put(entry, content));
        boolean worthIt = connectors.values().stream().mapToLong(c -> c.length).sum() >= WORTH_IT;
        boolean somethingLeft = rest.keySet().stream().anyMatch(entry -> entry.matches("[^/]+/artifact\\.xml"));
        return worthIt && somethingLeft ? Optional.of(listed(car, connectors, rest, names)) : Optional.empty();
    }

    private static ConnectorSplit listed(
            PackedCar car, SortedMap<String, byte[]> connectors, SortedMap<String, byte[]> rest, Set<String> names) {
        String version = Digest.of(CarZip.write(connectors)).abbreviated();
        for (String list : new String[] {"artifacts.xml", "metadata.xml"}) {
            car.xml(list).ifPresent(root -> {
                rest.put(list, list(root, names, false, ""));
                connectors.put(list, list(root, names, true, version));
            });
        }
        // A runtime that orders CARs by what they depend on does so only when each of them has a descriptor.
        car.xml("descriptor.xml").ifPresent(root -> connectors.put("descriptor.xml", descriptor(root, version)));
        return new ConnectorSplit(connectors, rest);
    }

    private static byte[] list(XmlElement root, Set<String> names, boolean connectors, String version) {
        XmlElement application = root.child("artifact").orElseThrow();
        String name = application.attribute("name");
        CarXml xml = new CarXml()
                .open("artifacts")
                .open(
                        "artifact",
                        "name",
                        connectors ? name + "-connectors" : name,
                        "version",
                        connectors ? version : application.attribute("version"),
                        "type",
                        application.attribute("type"),
                        "mainSequence",
                        connectors ? null : application.optional("mainSequence").orElse(null));
        application.children("dependency").stream()
                .filter(one -> names.contains(key(one, "artifact")) == connectors)
                .forEach(xml::copy);
        return xml.close("artifact").close("artifacts").bytes();
    }

    private static byte[] descriptor(XmlElement root, String version) {
        String id = root.childText("id");
        String joint = id.contains("__") ? "__" : "_";
        String[] parts = id.split(joint);
        return new CarXml()
                .open("project")
                .text("id", parts[0] + joint + (parts.length > 1 ? parts[1] : "") + "-connectors" + joint + version)
                .text("versionedDeployment", "false")
                .text("fatCarEnabled", "false")
                .empty("dependencies")
                .close("project")
                .bytes();
    }

    private static String key(XmlElement element, String name) {
        return element.attribute(name) + " " + element.attribute("version");
    }
}
