package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.LocalRepository;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a CAR has from Maven's local repository: connectors that the pom names, their libraries, and in a fat CAR the
 * CARs that it needs. What is not there, or where only Maven knows what it would take, is a doubt.
 */
final class FetchedFiles {
    private final Pom pom;
    private final PluginTraits traits;
    private final LocalRepository repository;
    private final List<ConnectorFiles> connectors;
    private final ConnectorLibraries libraries;
    private final List<Pom.Dependency> innerCars = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final Set<String> commands = new LinkedHashSet<>();

    FetchedFiles(VsCodeLayout layout, Pom pom, LocalRepository repository) {
        this.pom = pom;
        this.traits = PluginTraits.of(pom);
        this.repository = repository;
        this.connectors = ConnectorFiles.of(layout, pom);
        pom.dependencies().stream().filter(one -> one.type().equals("zip")).forEach(this::connector);
        this.libraries = ConnectorLibraries.of(layout, pom, connectors);
        doubts.addAll(libraries.doubts());
        List<ConnectorLibraries.Library> missing = libraries.all().stream()
                .filter(one -> repository.file(one.dependency()).isEmpty())
                .toList();
        missing.stream()
                .map(one -> "Maven has not fetched a connector's libraries yet: " + one.source())
                .distinct()
                .forEach(doubts::add);
        missing.forEach(one -> commands.add(repository.get(one.dependency())));
        cars();
    }

    /** Why only Maven can bring what the CAR needs; empty when all is there. */
    List<String> doubts() {
        return doubts;
    }

    /** What fetches all that is missing, to be run in the project's folder. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    void pack(CarAssembly car) {
        connectors.forEach(connector -> connector.pack(car));
        libraries.all().forEach(one -> one.pack(car, pom.version(), repository.require(one.dependency())));
        innerCars.forEach(one -> {
            var file = repository.require(one);
            car.file("dependencies/" + file.getFileName(), Folders.bytes(file));
        });
    }

    private void connector(Pom.Dependency one) {
        boolean inbound = one.artifactId().contains("mi-inbound-");
        if (traits.has(Trait.INBOUND_CONNECTORS) && inbound && !pom.packsConnectorLibraries()) {
            return;
        }
        if (repository.file(one).isEmpty()) {
            doubts.add("Maven has not fetched a connector yet: " + one.coordinates());
            commands.add(repository.getAll());
        } else if (!traits.has(Trait.INBOUND_CONNECTORS)
                || !isCertain(one)
                || !repository.brings(one).isEmpty()) {
            doubts.add("only Maven knows what a connector brings: " + one.coordinates());
        } else {
            connectors.add(
                    new ConnectorFiles(repository.require(one), one.coordinates(), pom.packsConnectorLibraries()));
        }
    }

    /** Maven may know a newer snapshot; all else stays as it is once it is there. */
    private boolean isCertain(Pom.Dependency one) {
        return !one.version().endsWith("-SNAPSHOT") && repository.file(one).isPresent();
    }

    /** WSO2's plugin takes the CARs of the pom, and those that their own descriptors name. */
    private void cars() {
        Deque<Pom.Dependency> due = new ArrayDeque<>();
        pom.dependencies().stream().filter(one -> one.type().equals("car")).forEach(due::add);
        boolean fat = pom.flag("fat.car.enable");
        Map<String, Pom.Dependency> seen = new HashMap<>();
        while (!due.isEmpty()) {
            Pom.Dependency one = due.remove();
            if (one.version().isEmpty() || one.coordinates().contains("${")) {
                doubts.add("the version of another CAR is not in the pom.xml: " + one.coordinates());
                continue;
            }
            Pom.Dependency other = seen.putIfAbsent(one.groupId() + ":" + one.artifactId(), one);
            if (other != null && !other.version().equals(one.version())) {
                doubts.add("another CAR is wanted in two versions: " + one.coordinates() + ", " + other.version());
            }
            List<Pom.Dependency> brings = repository.brings(one);
            if (brings.stream().anyMatch(d -> d.type().equals("zip"))) {
                doubts.add("another CAR brings connectors from a Maven repository: " + one.coordinates());
            }
            if (fat && other == null) {
                due.addAll(brings.stream().filter(d -> d.type().equals("car")).toList());
                inner(one, due);
            }
        }
    }

    private void inner(Pom.Dependency one, Deque<Pom.Dependency> due) {
        if (!traits.has(Trait.CARS_WITHIN) || !isCertain(one)) {
            doubts.add("another CAR is packed into this one: " + one.coordinates());
            return;
        }
        innerCars.add(one);
        byte[] descriptor = CarZip.read(repository.require(one)).get("descriptor.xml");
        if (descriptor != null) {
            XmlParser.read(descriptor, one.coordinates()).child("dependencies").stream()
                    .flatMap(all -> all.children("dependency").stream())
                    .map(Pom.Dependency::ofCar)
                    .forEach(due::add);
        }
    }
}
