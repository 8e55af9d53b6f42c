package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.synapse.Production.Distinct;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Children of one element that the Micro Integrator could not tell apart. */
record SiblingCheck(Distinct rule, Told told) {
    private static final String METHODS = "methods";

    interface Told {
        void error(String rule, Location where, String what, String fix);
    }

    void of(XmlElement parent) {
        Map<List<String>, List<XmlElement>> alike = new HashMap<>();
        for (XmlElement child : parent.children(rule.child())) {
            // A single attribute must be there to be the same.
            boolean compared =
                    rule.attributes().size() > 1 || child.has(rule.attributes().get(0));
            if (compared && child.namespace().equals(ArtifactKind.SYNAPSE)) {
                List<XmlElement> before = alike.computeIfAbsent(identity(child), values -> new ArrayList<>());
                before.stream()
                        .filter(other -> sameMethods(child, other))
                        .findFirst()
                        .ifPresent(other -> told.error(
                                "duplicate-name",
                                child.location(),
                                "<" + parent.name() + "> has this <" + rule.child() + "> already in line "
                                        + other.location().line(),
                                "remove it, or change its " + String.join(" or ", rule.attributes())));
                before.add(child);
            }
        }
    }

    private List<String> identity(XmlElement element) {
        return rule.attributes().stream()
                .filter(attribute -> !attribute.equals(METHODS))
                .map(element::attribute)
                .toList();
    }

    private boolean sameMethods(XmlElement one, XmlElement other) {
        // There is one default resource, whatever the methods.
        return !rule.attributes().contains(METHODS)
                || isDefault(one)
                || !Collections.disjoint(methods(one), methods(other));
    }

    private static boolean isDefault(XmlElement resource) {
        return !resource.has("uri-template") && !resource.has("url-mapping");
    }

    private static List<String> methods(XmlElement resource) {
        return Arrays.asList(resource.attribute(METHODS).strip().split("\\s+"));
    }
}
