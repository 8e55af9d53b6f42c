package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Asks for a sync.
 *
 * @param revision null for what the application follows; a full commit id saves Argo CD a look at the Git server
 * @param revisions with {@code sourcePositions} in an application of several sources; null otherwise
 * @param sourcePositions from 1
 * @param infos kept with the operation: how we know it again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyncRequest(
        String name,
        String appNamespace,
        String project,
        String revision,
        List<String> revisions,
        List<Long> sourcePositions,
        boolean prune,
        List<ApplicationDocument.Info> infos) {}
