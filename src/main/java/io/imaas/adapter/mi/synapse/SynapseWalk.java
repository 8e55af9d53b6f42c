package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.synapse.Production.Place;
import io.imaas.adapter.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one walk over an artifact's elements. It knows where Synapse's language ends: at another namespace, in payloads, in
 * values and local entries, behind an operation of a connector.
 */
public record SynapseWalk(SynapseLanguage language) {
    /**
     * An element with its meaning.
     *
     * @param production what it follows; empty for what Synapse does not know or does not read
     * @param expectsMediator whether it stands where a mediator is due
     */
    public record Visited(XmlElement element, Optional<Production> production, Place place, boolean expectsMediator) {
        /** Whether Synapse itself reads the element. */
        public boolean isLanguage() {
            return place == Place.LANGUAGE;
        }

        /** Whether {@code ${…}} in its text and attributes is evaluated. */
        public boolean isEvaluated() {
            return place != Place.FOREIGN;
        }

        /** Whether {@code ${…}} in its text is evaluated, too: not in a script or a local entry. */
        public boolean isTextEvaluated() {
            return production.filter(p -> p.text.equals("foreign")).isEmpty();
        }

        /** A payload or a value: Synapse hands it on as it is. */
        public boolean isPayload() {
            return place == Place.EVALUATED || place == Place.FOREIGN;
        }
    }

    /**
     * All elements in document order.
     *
     * @param synapse whether it is an artifact of Synapse: data services and data sources have languages of their own, of
     *     which every element counts
     */
    public List<Visited> of(XmlElement root, boolean synapse) {
        List<Visited> visited = new ArrayList<>();
        if (!synapse) {
            root.walk(element -> visited.add(new Visited(element, Optional.empty(), Place.LANGUAGE, false)));
            return visited;
        }
        walk(root, language.production(root.name()), Place.LANGUAGE, false, visited);
        return visited;
    }

    private void walk(
            XmlElement element, Optional<Production> production, Place place, boolean mediator, List<Visited> visited) {
        visited.add(new Visited(element, production, place, mediator));
        for (XmlElement child : element.children()) {
            child(element, child, production, place, visited);
        }
    }

    private void child(
            XmlElement parentElement,
            XmlElement child,
            Optional<Production> parent,
            Place place,
            List<Visited> visited) {
        if (place != Place.LANGUAGE || parent.isEmpty()) {
            Place within = place == Place.PARAMETERS ? Place.EVALUATED : place;
            walk(child, Optional.empty(), place == Place.LANGUAGE ? Place.FOREIGN : within, false, visited);
            return;
        }
        Production production = parent.get();
        boolean synapse = child.namespace().equals(ArtifactKind.SYNAPSE);
        Production.Child known = synapse ? production.child(parentElement, child.name()) : null;
        if (synapse && production.isUnread(parentElement, child)) {
            walk(child, Optional.empty(), Place.FOREIGN, false, visited);
        } else if (known != null) {
            walk(child, language.production(known.production()), Place.LANGUAGE, false, visited);
        } else if (synapse && !production.others.isEmpty()) {
            walk(child, language.production(production.others), Place.LANGUAGE, false, visited);
        } else if (synapse && child.name().contains(".")) {
            walk(child, language.production("connector"), Place.LANGUAGE, false, visited);
        } else if (production.holdsMediators(parentElement)) {
            Optional<Production> own = synapse && language.mediators().contains(child.name())
                    ? language.production(child.name())
                    : Optional.empty();
            walk(child, own, Place.LANGUAGE, true, visited);
        } else {
            boolean payload = production.content() != Place.LANGUAGE || !synapse;
            Place within = production.content() == Place.LANGUAGE ? Place.FOREIGN : production.content();
            walk(child, Optional.empty(), payload ? within : Place.LANGUAGE, false, visited);
        }
    }
}
