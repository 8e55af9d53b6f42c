package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a data service's parts call each other: the runtime deploys none that calls what it does not have. */
record DataServiceCheck(ProjectSources sources) {
    private static final String UNNAMED = "default";

    void run() {
        sources.artifacts().stream()
                .filter(artifact -> artifact.kind() == ArtifactKind.DATA_SERVICE)
                .map(SourceArtifact::root)
                .forEach(this::check);
    }

    private void check(XmlElement service) {
        Set<String> configs = service.children("config").stream()
                .map(config -> id(config, "id"))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Set<String>> queries = new HashMap<>();
        for (XmlElement query : service.children("query")) {
            queries.put(
                    query.attribute("id"),
                    query.children("param").stream()
                            .map(param -> param.attribute("name"))
                            .collect(Collectors.toCollection(HashSet::new)));
            String config = id(query, "useConfig");
            if (!configs.contains(config)) {
                missing(query, "useConfig", "there is no <config> '" + config + "' in this data service", configs);
            }
        }
        Stream.of("operation", "resource")
                .flatMap(kind -> service.children(kind).stream())
                .flatMap(request -> request.children("call-query").stream())
                .filter(call -> call.has("href"))
                .forEach(call -> call(call, queries));
    }

    private void call(XmlElement call, Map<String, Set<String>> queries) {
        String href = call.attribute("href");
        Set<String> parameters = queries.get(href);
        if (parameters == null) {
            missing(call, "href", "there is no <query> '" + href + "' in this data service", queries.keySet());
            return;
        }
        List<XmlElement> given = call.children("with-param");
        given.stream()
                .filter(one -> !parameters.contains(one.attribute("name")))
                .forEach(one -> missing(
                        one,
                        "name",
                        "the query '" + href + "' has no <param> '" + one.attribute("name") + "'",
                        parameters));
    }

    private void missing(XmlElement element, String attribute, String what, Set<String> known) {
        sources.error(
                "unresolved-reference",
                element.has(attribute) ? element.locationOf(attribute) : element.location(),
                what,
                known.isEmpty() ? "add it" : "add it, or name one of " + String.join(", ", new TreeSet<>(known)));
    }

    private static String id(XmlElement element, String attribute) {
        return element.has(attribute) ? element.attribute(attribute) : UNNAMED;
    }
}
