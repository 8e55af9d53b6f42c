package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.ConnectorName;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A connector's zip, in the project or in Maven's local repository.
 *
 * @param shown what a person knows it by
 * @param opened whether WSO2's plugin looks into it, as it does from Micro Integrator 4.4.0 on
 */
record ConnectorFiles(Path file, String shown, boolean opened) {
    /** Those in the project's folders that get into the CAR: inbound connectors do so from Micro Integrator 4.4.0 on. */
    static List<ConnectorFiles> of(VsCodeLayout layout, Pom pom) {
        PluginTraits traits = PluginTraits.of(pom);
        boolean opened = pom.packsConnectorLibraries() && traits.has(PluginTraits.Trait.OPENS_CONNECTORS);
        List<ConnectorFiles> found = new ArrayList<>(in(layout, "connectors", opened));
        if (opened && traits.has(PluginTraits.Trait.INBOUND_CONNECTORS)) {
            found.addAll(in(layout, "inbound-connectors", opened));
        }
        return found;
    }

    private static List<ConnectorFiles> in(VsCodeLayout layout, String folder, boolean opened) {
        return Folders.files(layout.resources().resolve(folder)).stream()
                .filter(f -> f.toString().endsWith(".zip"))
                .map(f -> new ConnectorFiles(layout.own(f), layout.shown(f), opened))
                .toList();
    }

    void pack(CarAssembly car) {
        String fileName = file.getFileName().toString();
        int dash = fileName.lastIndexOf('-');
        if (dash < 1) {
            throw FailureException.input(
                    "the connector's file name has no version",
                    Location.of(shown),
                    "name it <connector>-<version>.zip, as it comes from the connector store");
        }
        String name = fileName.substring(0, dash);
        String version = fileName.substring(dash + 1, fileName.length() - ".zip".length());
        Item item = new Item(name, version, Item.INTEGRATOR, "synapse/lib");
        byte[] content = Folders.bytes(file);
        if (opened) {
            requireConnector(content);
        }
        car.artifact(item, name + "_" + version, fileName, content, shown);
    }

    /** The server would refuse the CAR; the plugin mentions it and goes on. */
    private void requireConnector(byte[] content) {
        try {
            ConnectorName.readZip(content);
        } catch (IOException e) {
            throw FailureException.input(
                    "the zip is not a connector: " + e.getMessage(),
                    Location.of(shown),
                    "download it from the connector store again");
        }
    }
}
