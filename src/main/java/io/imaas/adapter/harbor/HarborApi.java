package io.imaas.adapter.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.HEAD;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The calls that are made, below {@code /api/v2.0/}. */
interface HarborApi {
    /** Without it a project that is called by digits would be taken for one with this id. */
    String BY_NAME = "X-Is-Resource-Name: true";

    @HEAD("projects")
    Call<Void> exists(@Query("project_name") String name);

    @Headers(BY_NAME)
    @GET("projects/{name}")
    Call<Project> project(@Path("name") String name);

    @POST("projects")
    Call<Void> makeProject(@Body Map<String, Object> project);

    @Headers(BY_NAME)
    @DELETE("projects/{name}")
    Call<Void> removeProject(@Path("name") String name);

    @GET("labels?scope=p&page_size=100")
    Call<List<Label>> labels(@Query("project_id") long project);

    @POST("labels")
    Call<Void> makeLabel(@Body Map<String, Object> label);

    @GET("quotas?reference=project")
    Call<List<Quota>> quotas(@Query("reference_id") String project);

    @PUT("quotas/{id}")
    Call<Void> changeQuota(@Path("id") long id, @Body Map<String, Object> quota);

    @GET("retentions/{id}")
    Call<JsonNode> retention(@Path("id") long id);

    @POST("retentions")
    Call<Void> makeRetention(@Body Map<String, Object> policy);

    @PUT("retentions/{id}")
    Call<Void> changeRetention(@Path("id") long id, @Body Map<String, Object> policy);

    @DELETE("retentions/{id}")
    Call<Void> removeRetention(@Path("id") long id);

    @GET("robots?page_size=100")
    Call<List<Robot>> robots(@Query("q") String query);

    @POST("robots")
    Call<NewRobot> makeRobot(@Body Map<String, Object> robot);

    @DELETE("robots/{id}")
    Call<Void> removeRobot(@Path("id") long id);

    /** @param metadata {@code retention_id} among it, where there is a policy */
    record Project(long project_id, String name, long repo_count, Map<String, String> metadata) {}

    /** A project's own. */
    record Label(long id, String name) {}

    /** Amounts by resource, {@code storage} in bytes; -1: no limit. */
    record Quota(long id, Map<String, Long> hard, Map<String, Long> used) {}

    /** @param name whole, such as {@code robot$orders+pull} */
    record Robot(long id, String name) {}

    /** @param expires_at seconds since 1970; -1: never */
    record NewRobot(long id, String name, String secret, long expires_at) {
        /** Never with the password. */
        @Override
        public String toString() {
            return name;
        }
    }
}
