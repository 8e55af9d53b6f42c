package io.imaas.adapter.forge.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.forge.github.HubApi;
import java.util.List;
import java.util.Map;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** The calls in which Gitea differs from GitHub, below one repository's address. */
interface GiteaApi {
    /** 200: merged. 201: will be, as soon as its checks succeed. */
    @POST("pulls/{number}/merge")
    Call<ResponseBody> merge(@Path("number") int number, @Body Map<String, Object> merge);

    @GET("pulls/{number}/reviews/{review}/comments")
    Call<List<LineComment>> lineComments(@Path("number") int number, @Path("review") long review);

    @POST("pulls/{number}/reviews")
    Call<JsonNode> review(@Path("number") int number, @Body Map<String, Object> review);

    @GET("commits/{sha}/pull")
    Call<HubApi.Pull> pullOf(@Path("sha") String sha);

    /** As Git has them now. */
    @GET("git/refs/heads")
    Call<List<Ref>> heads();

    @GET("branch_protections")
    Call<List<Rule>> rules();

    @POST("branch_protections")
    Call<Rule> makeRule(@Body Map<String, Object> rule);

    @PATCH("branch_protections/{name}")
    Call<Rule> changeRule(@Path("name") String name, @Body Map<String, Object> rule);

    @PATCH("pulls/0")
    Call<JsonNode> changeNoPull(@Body Map<String, String> nothing);

    @PATCH("issues/comments/0")
    Call<JsonNode> changeNoComment(@Body Map<String, String> nothing);

    /** A comment at a line. */
    record LineComment(String body, String path, int position) {}

    /** A branch by its whole name. */
    record Ref(String ref) {}

    /**
     * Protection of branches by name or pattern; rewriting and deleting are always refused then, unless allowed.
     *
     * @param unprotected_file_patterns files that everybody who may write pushes, whatever else the rule says
     */
    record Rule(
            String rule_name,
            boolean enable_push,
            boolean enable_push_whitelist,
            List<String> push_whitelist_usernames,
            List<String> push_whitelist_teams,
            boolean push_whitelist_deploy_keys,
            boolean enable_force_push,
            boolean enable_merge_whitelist,
            List<String> merge_whitelist_usernames,
            List<String> merge_whitelist_teams,
            int required_approvals,
            boolean dismiss_stale_approvals,
            String unprotected_file_patterns,
            boolean enable_status_check,
            List<String> status_check_contexts) {}
}
