package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.source.XmlElement;
import io.imaas.adapter.mi.synapse.Production.Distinct;
import io.imaas.model.failure.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Children of one element that the Micro Integrator could not tell apart. */
final class SiblingCheck {
    private static final String METHODS = "methods";

    private final Distinct rule;
    private final Told told;

    SiblingCheck(Distinct rule, Told told) {
        this.rule = rule;
        this.told = told;
    }

    /** Where an error goes. */
    interface Told {
        void error(String rule, Location where, String what, String fix);
    }

    void of(XmlElement parent) {
        List<XmlElement> before = new ArrayList<>();
        for (XmlElement child : parent.children(rule.child())) {
            if (child.namespace().equals(ArtifactKind.SYNAPSE)) {
                before.stream()
                        .filter(other -> rule.attributes().stream().allMatch(a -> same(a, child, other)))
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

    /** A single attribute must be there to be the same. */
    private boolean same(String attribute, XmlElement one, XmlElement other) {
        if (attribute.equals(METHODS)) {
            // There is one default resource, whatever the methods.
            return isDefault(one) || !Collections.disjoint(methods(one), methods(other));
        }
        boolean there = rule.attributes().size() > 1 || one.has(attribute);
        return there && one.attribute(attribute).equals(other.attribute(attribute));
    }

    private static boolean isDefault(XmlElement resource) {
        return !resource.has("uri-template") && !resource.has("url-mapping");
    }

    private static List<String> methods(XmlElement resource) {
        return Arrays.asList(resource.attribute(METHODS).strip().split("\\s+"));
    }
}
