package io.imaas.adapter.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The calls that GitHub alone has, below one repository's address. */
interface GitHubApi {
    @PUT("pulls/{number}/merge")
    Call<Merged> merge(@Path("number") int number, @Body Map<String, String> merge);

    @GET("pulls/{number}/comments?" + HubApi.PAGED)
    Call<List<LineComment>> lineComments(@Path("number") int number, @Query("page") int page);

    @POST("pulls/{number}/comments")
    Call<LineComment> lineComment(@Path("number") int number, @Body Map<String, Object> comment);

    @GET("commits/{sha}/pulls?per_page=100")
    Call<List<HubApi.Pull>> pullsOf(@Path("sha") String sha);

    /** GraphQL has what REST lacks; it lies beside the REST API's root, of servers of one's own too. */
    @POST("../../../../graphql")
    Call<JsonNode> graphql(@Body Map<String, Object> query);

    @GET("deployments?per_page=1")
    Call<List<Numbered>> deployments(@Query("sha") String sha, @Query("environment") String environment);

    @POST("deployments")
    Call<Numbered> deploy(@Body Map<String, Object> deployment);

    @GET("deployments/{id}/statuses?per_page=1")
    Call<List<DeploymentStatus>> deploymentStatuses(@Path("id") long id);

    @POST("deployments/{id}/statuses")
    Call<DeploymentStatus> deploymentStatus(@Path("id") long id, @Body Map<String, Object> status);

    @GET("hooks/{hook}/deliveries?per_page=100")
    Call<List<Delivery>> deliveries(@Path("hook") long hook, @Query("cursor") String cursor);

    @GET("hooks/{hook}/deliveries/{id}")
    Call<DeliveryDetail> delivery(@Path("hook") long hook, @Path("id") long id);

    /** One attempt to tell a web hook something; all attempts of one message have the same {@code guid}. */
    record Delivery(long id, String guid, String delivered_at, int status_code, String event) {}

    /** The same with what was sent. */
    record DeliveryDetail(Sent request) {}

    record Sent(JsonNode payload) {}

    /** A comment at a line; null where the line is gone. */
    record LineComment(long id, String body, String path, Integer line) {}

    /** A merge's answer. */
    record Merged(String sha) {}

    record Numbered(long id) {}

    /** The newest is the first. */
    record DeploymentStatus(String state, String description, String log_url) {}
}
