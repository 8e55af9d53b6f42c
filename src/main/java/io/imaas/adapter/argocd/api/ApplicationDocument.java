package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** An Application as Argo CD sends it. Times are RFC 3339; whatever is missing is null. */
public record ApplicationDocument(Metadata metadata, Spec spec, Requested operation, Status status) {
    public record Metadata(
            String name,
            String namespace,
            String resourceVersion,
            String deletionTimestamp,
            Map<String, String> labels) {}

    public record Spec(String project, SourceDocument source, List<SourceDocument> sources, SyncPolicy syncPolicy) {}

    public record SourceDocument(String repoURL, String path, String targetRevision) {}

    public record SyncPolicy(Automated automated) {}

    /** @param enabled null means yes */
    public record Automated(Boolean enabled, boolean prune) {}

    /** An operation that is asked for; only its existence matters. */
    public record Requested(JsonNode sync) {}

    public record Status(
            Sync sync,
            HealthDocument health,
            OperationState operationState,
            String reconciledAt,
            List<Condition> conditions,
            Summary summary,
            List<ResourceStatus> resources,
            List<History> history) {}

    public record Sync(String status, String revision, List<String> revisions, ComparedTo comparedTo) {}

    public record ComparedTo(SourceDocument source, List<SourceDocument> sources) {}

    public record HealthDocument(String status, String message) {}

    public record OperationState(
            String phase,
            String message,
            String startedAt,
            String finishedAt,
            int retryCount,
            OperationDocument operation,
            SyncResult syncResult) {}

    public record OperationDocument(List<Info> info, SyncOperation sync) {}

    public record Info(String name, String value) {}

    public record SyncOperation(String revision, List<String> revisions, boolean dryRun, List<JsonNode> resources) {}

    public record SyncResult(
            String revision, List<String> revisions, List<ResourceResult> resources, SourceDocument source) {}

    public record ResourceResult(String kind, String name, String status, String hookPhase, String message) {}

    public record Condition(String type, String message) {}

    public record Summary(List<String> images) {}

    public record ResourceStatus(
            String group,
            String version,
            String kind,
            String namespace,
            String name,
            String status,
            HealthDocument health,
            boolean hook) {}

    public record History(String deployStartedAt, String deployedAt) {}
}
