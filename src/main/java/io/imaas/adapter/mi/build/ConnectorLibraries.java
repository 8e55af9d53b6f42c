package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.mi.source.XmlElement;
import io.imaas.adapter.mi.source.XmlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The libraries that a connector asks for in its {@code descriptor.yml}: Maven fetches and packs them. One that belongs
 * to a connection type is fetched only when a local entry uses that type.
 */
final class ConnectorLibraries {
    private ConnectorLibraries() {}

    /** Why Maven is needed, if it is. */
    static Optional<String> needed(VsCodeLayout layout, Pom pom) {
        if (!pom.packsConnectorLibraries() || !PluginTraits.of(pom).has(PluginTraits.Trait.OPENS_CONNECTORS)) {
            return Optional.empty();
        }
        Set<String> connections = connectionTypes(layout);
        return ConnectorFiles.of(layout, pom).stream()
                .filter(c -> asksFor(c, connections))
                .findFirst()
                .map(c -> "a connector's libraries come from a Maven repository: " + c.shown());
    }

    private static boolean asksFor(ConnectorFiles connector, Set<String> connections) {
        try {
            byte[] descriptor = CarZip.entries(Folders.bytes(connector.file())).get("descriptor.yml");
            return descriptor != null && asksFor(descriptor, connections);
        } catch (IOException e) {
            // No zip at all: refused when it is packed.
            return false;
        } catch (YamlEngineException e) {
            // Unreadable to us: leave it to Maven's plugin.
            return true;
        }
    }

    private static boolean asksFor(byte[] descriptor, Set<String> connections) {
        Object read =
                new Load(LoadSettings.builder().build()).loadFromString(new String(descriptor, StandardCharsets.UTF_8));
        Object dependencies = read instanceof Map<?, ?> map ? map.get("dependencies") : null;
        return dependencies instanceof List<?> list
                && list.stream()
                        .anyMatch(d -> !(d instanceof Map<?, ?> one && one.containsKey("connectionType"))
                                || connections.contains(String.valueOf(((Map<?, ?>) d).get("connectionType"))));
    }

    private static Set<String> connectionTypes(VsCodeLayout layout) {
        Set<String> types = new HashSet<>();
        for (Path entry : Folders.files(layout.artifacts(ArtifactKind.LOCAL_ENTRY))) {
            if (entry.toString().endsWith(".xml")) {
                XmlParser.readIfWellFormed(Folders.bytes(entry), layout.shown(entry))
                        .ifPresent(e -> collect(e, types));
            }
        }
        return types;
    }

    private static void collect(XmlElement element, Set<String> types) {
        if (element.name().endsWith(".init")) {
            String type = element.childText("connectionType");
            if (!type.isEmpty()) {
                types.add(type);
            }
        }
        element.children().forEach(e -> collect(e, types));
    }
}
