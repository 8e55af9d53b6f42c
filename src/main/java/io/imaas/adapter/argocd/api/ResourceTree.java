package io.imaas.adapter.argocd.api;

import java.util.List;

/** All objects of an application, children included. */
public record ResourceTree(List<Node> nodes) {
    /** One object. */
    public record Node(
            String kind, String namespace, String name, String uid, ApplicationDocument.HealthDocument health) {}
}
