package io.imaas.adapter.argocd.api;

import java.util.List;

/** All objects of an application, children included. */
public record ResourceTree(List<Node> nodes) {
    /** The object that made another one. */
    public record Parent(String kind, String name) {}

    /** One object. */
    public record Node(
            String group,
            String version,
            String kind,
            String namespace,
            String name,
            String uid,
            ApplicationDocument.HealthDocument health,
            List<String> images,
            List<ApplicationDocument.Info> info,
            String createdAt,
            List<Parent> parentRefs) {
        /** Whether one of these Jobs made it. */
        public boolean isOf(List<String> jobs) {
            return parentRefs != null
                    && parentRefs.stream()
                            .anyMatch(parent -> parent.kind().equals("Job") && jobs.contains(parent.name()));
        }

        /** What Argo CD's own pages show of it under a name such as {@code Restart Count}; empty when there is no such. */
        public String shown(String name) {
            return info == null
                    ? ""
                    : info.stream()
                            .filter(item -> name.equals(item.name()))
                            .findFirst()
                            .map(ApplicationDocument.Info::value)
                            .orElse("");
        }
    }
}
