package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/**
 * Argo CD's REST API, as in its OpenAPI document. The project goes with every call: without it a missing application is
 * 403, not 404 (argo-cd#13000). Whatever is not a GET needs exactly {@code Content-Type: application/json}, DELETE too.
 */
public interface ArgoCdApi {
    String JSON = "Content-Type: application/json";

    @GET("api/v1/session/userinfo")
    Call<JsonNode> userInfo();

    /** @param application {@code project/name}, or {@code project/namespace/name} */
    @GET("api/v1/account/can-i/applications/get/{application}")
    Call<JsonNode> mayRead(@Path(value = "application", encoded = true) String application);

    @GET("api/v1/projects/{name}")
    Call<JsonNode> project(@Path("name") String name);

    @GET("api/v1/projects")
    Call<JsonNode> projects();

    /**
     * @param selector of labels
     * @param fields what is told of each, such as {@code items.metadata.name}; the rest is left out
     */
    @GET("api/v1/applications")
    Call<JsonNode> applications(@Query("selector") String selector, @Query("fields") String fields);

    @POST("api/v1/projects")
    Call<JsonNode> createProject(@Body ProjectRequest request);

    /** 409 when the project's resourceVersion is not the newest. */
    @PUT("api/v1/projects/{name}")
    Call<JsonNode> updateProject(@Path("name") String name, @Body ProjectRequest request);

    /** 400 while applications are in it. */
    @Headers(JSON)
    @DELETE("api/v1/projects/{name}")
    Call<JsonNode> deleteProject(@Path("name") String name);

    @GET("api/v1/applications")
    Call<JsonNode> applicationsOf(@Query("projects") String project);

    @Streaming
    @GET("api/v1/applications")
    Call<ResponseBody> applications();

    @Streaming
    @GET("api/v1/stream/applications")
    Call<ResponseBody> watch(@Header("Accept") String accept, @Query("resourceVersion") String resourceVersion);

    /** @param refresh {@code normal}, {@code hard}, or null for none; with it the call waits for the controller */
    @GET("api/v1/applications/{name}")
    Call<ApplicationDocument> application(
            @Path("name") String name,
            @Query("appNamespace") String namespace,
            @Query("project") String project,
            @Query("refresh") String refresh);

    @GET("api/v1/applications/{name}")
    Call<JsonNode> applicationJson(
            @Path("name") String name, @Query("appNamespace") String namespace, @Query("project") String project);

    /** @param validate whether Argo CD renders the sources first and refuses what does not render */
    @POST("api/v1/applications")
    Call<JsonNode> upsertApplication(
            @Body JsonNode application, @Query("upsert") boolean upsert, @Query("validate") boolean validate);

    @Headers(JSON)
    @DELETE("api/v1/applications/{name}")
    Call<JsonNode> deleteApplication(
            @Path("name") String name,
            @Query("appNamespace") String namespace,
            @Query("project") String project,
            @Query("cascade") boolean cascade,
            @Query("propagationPolicy") String propagationPolicy);

    @POST("api/v1/applications/{name}/sync")
    Call<ApplicationDocument> sync(@Path("name") String name, @Body SyncRequest request);

    @Headers(JSON)
    @DELETE("api/v1/applications/{name}/operation")
    Call<JsonNode> terminate(
            @Path("name") String name, @Query("appNamespace") String namespace, @Query("project") String project);

    @GET("api/v1/applications/{name}/syncwindows")
    Call<SyncWindows> windows(
            @Path("name") String name, @Query("appNamespace") String namespace, @Query("project") String project);

    @GET("api/v1/applications/{name}/resource")
    Call<LiveResource> resource(
            @Path("name") String name,
            @Query("appNamespace") String appNamespace,
            @Query("project") String project,
            @Query("group") String group,
            @Query("version") String version,
            @Query("kind") String kind,
            @Query("namespace") String namespace,
            @Query("resourceName") String resource);

    /** What the sources render to, each object as JSON in a text. */
    @GET("api/v1/applications/{name}/manifests")
    Call<JsonNode> manifests(
            @Path("name") String name, @Query("appNamespace") String namespace, @Query("project") String project);

    /** What is wanted, what is there and what would be there, each as JSON in a text. */
    @GET("api/v1/applications/{name}/managed-resources")
    Call<JsonNode> managedResources(
            @Path("name") String name, @Query("appNamespace") String namespace, @Query("project") String project);

    @GET("api/v1/applications/{name}/resource-tree")
    Call<ResourceTree> tree(
            @Path("name") String name, @Query("appNamespace") String namespace, @Query("project") String project);

    @GET("api/v1/applications/{name}/events")
    Call<EventList> events(
            @Path("name") String name,
            @Query("appNamespace") String appNamespace,
            @Query("project") String project,
            @Query("resourceNamespace") String namespace,
            @Query("resourceName") String resource,
            @Query("resourceUID") String uid);

    @GET("api/v1/applications/{name}/pods/{pod}/logs")
    Call<ResponseBody> logs(
            @Path("name") String name,
            @Path("pod") String pod,
            @Query("appNamespace") String appNamespace,
            @Query("project") String project,
            @Query("namespace") String namespace,
            @Query("tailLines") int tailLines,
            @Query("follow") boolean follow,
            @Query("previous") boolean previous);

    /** Kubernetes events. */
    record EventList(List<Event> items) {
        /** @param count how often it was seen */
        public record Event(String type, String reason, String message, int count, String lastTimestamp) {}
    }

    /** @param manifest the live object as JSON text */
    record LiveResource(String manifest) {}

    /** @param upsert null for an update, which takes none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProjectRequest(JsonNode project, Boolean upsert) {}

    /**
     * Asks for a sync.
     *
     * @param revision null for what the application follows; a full commit id saves Argo CD a look at the Git server
     * @param revisions with {@code sourcePositions} in an application of several sources; null otherwise
     * @param sourcePositions from 1
     * @param infos kept with the operation: how we know it again
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SyncRequest(
            String name,
            String appNamespace,
            String project,
            String revision,
            List<String> revisions,
            List<Long> sourcePositions,
            boolean prune,
            List<ApplicationDocument.Info> infos) {}

    /** The sync windows of an application's project that concern it. */
    record SyncWindows(List<Window> activeWindows, List<Window> assignedWindows) {
        /** @param kind {@code allow} or {@code deny} */
        public record Window(String kind, String schedule, String duration) {
            private String line() {
                return kind + " from '" + schedule + "' for " + duration;
            }
        }

        /** Whether automatic syncs are held back: a deny window is open, or allow windows exist and none is (CanSync). */
        public boolean closed() {
            return any(activeWindows, "deny") || (any(assignedWindows, "allow") && !any(activeWindows, "allow"));
        }

        public String description() {
            String windows = Stream.concat(all(activeWindows), all(assignedWindows))
                    .map(Window::line)
                    .distinct()
                    .collect(Collectors.joining("; "));
            return "a sync window holds the sync back" + (windows.isEmpty() ? "" : ": " + windows);
        }

        private static boolean any(List<Window> windows, String kind) {
            return all(windows).anyMatch(window -> kind.equals(window.kind()));
        }

        private static Stream<Window> all(List<Window> windows) {
            return windows == null ? Stream.empty() : windows.stream();
        }
    }

    /** All objects of an application, children included. */
    record ResourceTree(List<Node> nodes) {
        /** The object that made another one. */
        public record Parent(String kind, String name) {}

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
}
