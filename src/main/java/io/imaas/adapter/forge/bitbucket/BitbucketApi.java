package io.imaas.adapter.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Url;

/** The few calls of Bitbucket's API that are needed, below one repository's address. */
interface BitbucketApi {
    String PR = "pull-requests/{id}";

    @GET("pull-requests?state=OPEN&direction=OUTGOING&limit=100")
    Call<Page<Pull>> open(@Query("at") String sourceRef);

    @POST("pull-requests")
    Call<Pull> create(@Body Map<String, Object> pull);

    @GET(PR)
    Call<Pull> pull(@Path("id") int id);

    @PUT(PR)
    Call<Pull> update(@Path("id") int id, @Body Map<String, Object> pull);

    @GET(PR + "/merge")
    Call<Mergeability> mergeability(@Path("id") int id);

    @POST(PR + "/merge")
    Call<Pull> merge(@Path("id") int id, @Query("version") String version, @Body Map<String, Object> merge);

    @GET(PR + "/activities?limit=100")
    Call<Page<Activity>> activities(@Path("id") int id, @Query("start") int start);

    @GET("commits/{sha}/pull-requests?limit=100")
    Call<Page<Pull>> pullsOf(@Path("sha") String sha);

    @POST(PR + "/comments")
    Call<Comment> createComment(@Path("id") int id, @Body Map<String, Object> comment);

    @PUT(PR + "/comments/{comment}")
    Call<Comment> updateComment(@Path("id") int id, @Path("comment") long comment, @Body Map<String, Object> text);

    @GET("commits/{sha}/builds")
    Call<Build> build(@Path("sha") String sha, @Query("key") String key);

    @POST("commits/{sha}/builds")
    Call<Void> createBuild(@Path("sha") String sha, @Body Map<String, Object> build);

    @POST("commits/{sha}/deployments")
    Call<JsonNode> deploy(@Path("sha") String sha, @Body Map<String, Object> deployment);

    @GET("commits/{sha}/deployments")
    Call<Deployed> deployment(
            @Path("sha") String sha,
            @Query("key") String key,
            @Query("environmentKey") String environment,
            @Query("deploymentSequenceNumber") int number);

    /** @param url of a report of Code Insights, whose API lies beside the other one */
    @PUT
    Call<JsonNode> report(@Url String url, @Body Map<String, Object> report);

    /** @param url a report's {@code annotations} */
    @GET
    Call<Annotations> annotations(@Url String url);

    @POST
    Call<Void> annotate(@Url String url, @Body Map<String, Object> annotations);

    /** @param url this repository's own address, or its project's {@code repos} */
    @GET
    Call<JsonNode> look(@Url String url);

    @POST
    Call<JsonNode> make(@Url String url, @Body Map<String, Object> repository);

    /** @param url of the API of branch permissions, which lies beside the other one */
    @GET
    Call<Page<Restriction>> restrictions(@Url String url);

    /** Many at once go by a media type of their own. */
    @POST
    Call<JsonNode> restrict(
            @Url String url, @Header("Content-Type") String type, @Body List<Map<String, Object>> restrictions);

    @DELETE
    Call<Void> delete(@Url String url);

    @GET("branches?limit=50")
    Call<Page<Branch>> branches();

    @GET("webhooks?limit=100")
    Call<Page<Hook>> hooks();

    @POST("webhooks")
    Call<Hook> createHook(@Body Map<String, Object> hook);

    @PUT("webhooks/{id}")
    Call<Hook> updateHook(@Path("id") long id, @Body Map<String, Object> hook);

    /** Those of a report. */
    record Annotations(List<Annotation> annotations) {}

    /** A finding at a line of a commit's file. */
    record Annotation(String path, int line, String message) {}

    record Branch(String displayId) {}

    /** Some of the values. */
    record Page<T>(List<T> values, boolean isLastPage, Integer nextPageStart) {}

    record Pull(
            int id,
            int version,
            String state,
            String title,
            String description,
            Ref fromRef,
            Ref toRef,
            List<Participant> reviewers,
            JsonNode properties,
            JsonNode links) {}

    record Ref(String id, String latestCommit, Place repository) {}

    /** Where a branch is. */
    record Place(long id) {}

    /** Somebody who was asked for a review. */
    record Participant(User user, String status, String lastReviewedCommit) {}

    /** Somebody with an account. */
    record User(String name) {}

    record Mergeability(boolean canMerge, boolean conflicted) {}

    /** What happened at a pull request. */
    record Activity(String action, Comment comment, User user, long createdDate) {}

    /** A comment; a change must name the version that it changes. */
    record Comment(long id, int version, String text) {}

    /** A commit's status. */
    record Build(String state, String description, String url) {}

    /** What is known of a deployment. */
    record Deployed(String state) {}

    /** A rule for branches; whoever is named is excepted from it. */
    record Restriction(String type, Matcher matcher, List<User> users, List<String> groups, List<JsonNode> accessKeys) {
        /** Whether only people by name are let through. */
        boolean isForUsersAlone() {
            return groups.isEmpty() && (accessKeys == null || accessKeys.isEmpty());
        }
    }

    /** The branches of a rule. */
    record Matcher(String id) {}

    /** Whom the server tells of pushes. */
    record Hook(long id, String url) {}
}
