package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.ConnectorName;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The libraries that connectors ask for in their {@code descriptor.yml}. One that belongs to a connection type is packed
 * only when a local entry uses that type.
 *
 * @param doubts why only Maven's plugin can tell which they are
 */
record ConnectorLibraries(List<Library> all, List<String> doubts) {
    /**
     * One library.
     *
     * @param connector <code>{package}name</code>
     * @param source where the connector comes from
     */
    record Library(String connector, String source, Pom.Dependency dependency) {
        void pack(CarAssembly car, String version, Path file) {
            String fileName = file.getFileName().toString();
            String name = connector + "_" + fileName.substring(0, fileName.length() - ".jar".length());
            Item item = new Item(name, version, Item.INTEGRATOR, "lib/connector/dependency");
            car.library(item, connector, fileName, Folders.bytes(file), dependency.coordinates());
        }
    }

    static ConnectorLibraries of(VsCodeLayout layout, Pom pom, List<ConnectorFiles> connectors) {
        ConnectorLibraries libraries = new ConnectorLibraries(new ArrayList<>(), new ArrayList<>());
        if (pom.packsConnectorLibraries() && PluginTraits.of(pom).has(PluginTraits.Trait.OPENS_CONNECTORS)) {
            Map<String, Boolean> connections = connections(layout);
            Map<String, String> versions = new HashMap<>();
            connectors.forEach(connector -> libraries.read(connector, connections, versions));
        }
        return libraries;
    }

    /** @param versions by connector and library */
    private void read(ConnectorFiles connector, Map<String, Boolean> connections, Map<String, String> versions) {
        try {
            Map<String, byte[]> entries = CarZip.entries(Folders.bytes(connector.file()));
            byte[] descriptor = entries.get("descriptor.yml");
            byte[] xml = entries.get("connector.xml");
            String name = Optional.ofNullable(xml)
                    .map(bytes -> XmlParser.read(bytes, connector.shown() + "!/connector.xml"))
                    .flatMap(ConnectorName::of)
                    .map(ConnectorName::qualified)
                    .orElse("");
            if (descriptor == null || name.isEmpty()) {
                return;
            }
            for (Map<?, ?> one : dependencies(descriptor)) {
                String type = one.containsKey("connectionType") ? String.valueOf(one.get("connectionType")) : null;
                if (type != null && !connections.containsKey(type)) {
                    continue;
                }
                if (type != null && connections.get(type)) {
                    doubts.add("a local entry chooses the driver of a connector: " + connector.shown());
                }
                Pom.Dependency library = new Pom.Dependency(
                        String.valueOf(one.get("groupId")),
                        String.valueOf(one.get("artifactId")),
                        String.valueOf(one.get("version")),
                        "jar",
                        "");
                String id = name + " " + library.groupId() + ":" + library.artifactId();
                String other = versions.putIfAbsent(id, library.version());
                if (other == null) {
                    all.add(new Library(name, connector.shown(), library));
                } else if (!other.equals(library.version())) {
                    doubts.add("a library of a connector is wanted in two versions: " + library.coordinates());
                }
            }
        } catch (IOException e) {
            // No zip at all: refused when it is packed.
        } catch (YamlEngineException | StackOverflowError e) {
            doubts.add("the libraries of a connector cannot be read: " + connector.shown());
        }
    }

    private static List<Map<?, ?>> dependencies(byte[] descriptor) {
        Object read =
                new Load(LoadSettings.builder().build()).loadFromString(new String(descriptor, StandardCharsets.UTF_8));
        List<Map<?, ?>> found = new ArrayList<>();
        if (read instanceof Map<?, ?> map && map.get("dependencies") instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof Map<?, ?> dependency) {
                    found.add(dependency);
                }
            });
        }
        return found;
    }

    /** The connection types that local entries use, and whether one of them names a driver of its own. */
    private static Map<String, Boolean> connections(VsCodeLayout layout) {
        Map<String, Boolean> types = new HashMap<>();
        for (Path entry : Folders.files(layout.artifacts(ArtifactKind.LOCAL_ENTRY))) {
            if (entry.toString().endsWith(".xml")) {
                XmlParser.readIfWellFormed(layout.read(entry), layout.shown(entry))
                        .ifPresent(root -> root.walk(element -> {
                            if (element.name().endsWith(".init")
                                    && element.child("connectionType").isPresent()) {
                                types.merge(
                                        element.childText("connectionType"),
                                        !element.childText("artifactId").isEmpty(),
                                        Boolean::logicalOr);
                            }
                        }));
            }
        }
        return types;
    }
}
