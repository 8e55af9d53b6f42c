package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Puts an entry of the application's history back. Argo CD refuses it while it syncs by itself: a revert in Git is the
 * better way, and the only one that Git knows of.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollbackRequest(String name, String appNamespace, String project, long id, boolean prune) {}
