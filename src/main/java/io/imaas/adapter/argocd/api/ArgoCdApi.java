package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** @param fields what is told of each, such as {@code items.metadata.name}; the rest is left out */
    @GET("api/v1/projects")
    Call<JsonNode> projects(@Query("fields") String fields);

    /** @param selector of labels */
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
    Call<ResponseBody> applications(@Query("projects") String project);

    @Streaming
    @GET("api/v1/stream/applications")
    Call<ResponseBody> watch(
            @Header("Accept") String accept,
            @Query("projects") String project,
            @Query("resourceVersion") String resourceVersion);

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
}
