package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.verify.CarArchive.Entry;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The CAR's own lists, {@code artifacts.xml} and {@code metadata.xml}, name what is there. */
record CarListCheck(ProjectSources sources, CarArchive car, String file) {
    void run(List<Entry> all) {
        Map<String, Entry> plain = new TreeMap<>();
        Map<String, Entry> everything = new TreeMap<>();
        for (Entry entry : all) {
            everything.put(key(entry.name(), entry.version()), entry);
            if (!entry.type().equals("synapse/metadata")) {
                plain.put(key(entry.name(), entry.version()), entry);
            }
        }
        list("artifacts.xml", plain, true);
        list("metadata.xml", everything, false);
    }

    private void list(String name, Map<String, Entry> there, boolean required) {
        Location where = Location.of(file + "!/" + name);
        if (!car.entries().containsKey(name)) {
            if (required) {
                sources.error("car-list", where, "the CAR has no " + name + ", so nothing is loaded", "build it again");
            }
            return;
        }
        Set<String> listed = new HashSet<>();
        List<XmlElement> dependencies = car.xml(name, sources.findings())
                .flatMap(root -> root.child("artifact"))
                .map(artifact -> artifact.children("dependency"))
                .orElse(List.of());
        for (XmlElement dependency : dependencies) {
            String key = key(dependency.attribute("artifact"), dependency.attribute("version"));
            if (!listed.add(key)) {
                sources.error("car-list", where, name + " lists " + key + " twice", "build it again");
            }
            if (!there.containsKey(key)) {
                sources.error("car-list", where, name + " lists " + key + ", which is not there", "build it again");
            }
        }
        for (String key : there.keySet()) {
            if (!listed.contains(key)) {
                sources.error(
                        "car-list",
                        where,
                        name + " does not list " + key + ", so it is never loaded",
                        "build it again");
            }
        }
    }

    private static String key(String name, String version) {
        return name + " " + version;
    }
}
