package io.imaas.adapter.github;

import java.util.List;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The few calls of GitHub's REST API (version 2022-11-28) that are needed, with the few fields. */
interface GitHubApi {
    String REPOSITORY = "repos/{owner}/{repo}/";

    @GET(REPOSITORY + "pulls?state=open&per_page=100")
    Call<List<Pull>> openPulls(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Query("head") String head,
            @Query("base") String base);

    @POST(REPOSITORY + "pulls")
    Call<Pull> openPull(@Path("owner") String owner, @Path("repo") String repo, @Body Map<String, Object> pull);

    @GET(REPOSITORY + "pulls/{number}")
    Call<Pull> pull(@Path("owner") String owner, @Path("repo") String repo, @Path("number") int number);

    @PATCH(REPOSITORY + "pulls/{number}")
    Call<Pull> updatePull(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Path("number") int number,
            @Body Map<String, String> words);

    @PUT(REPOSITORY + "pulls/{number}/merge")
    Call<Merged> merge(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Path("number") int number,
            @Body Map<String, String> merge);

    /** GraphQL has what REST lacks; it lies beside the REST API's root, of servers of one's own too. */
    @POST("../graphql")
    Call<Answer> graphql(@Body Map<String, Object> query);

    @GET(REPOSITORY + "issues/{number}/comments?per_page=100")
    Call<List<Comment>> comments(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Path("number") int number,
            @Query("page") int page);

    @POST(REPOSITORY + "issues/{number}/comments")
    Call<Comment> createComment(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Path("number") int number,
            @Body Map<String, String> comment);

    @PATCH(REPOSITORY + "issues/comments/{id}")
    Call<Comment> updateComment(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Path("id") long id,
            @Body Map<String, String> comment);

    @GET(REPOSITORY + "commits/{sha}/status?per_page=100")
    Call<CombinedStatus> statuses(
            @Path("owner") String owner, @Path("repo") String repo, @Path("sha") String sha, @Query("page") int page);

    @POST(REPOSITORY + "statuses/{sha}")
    Call<Status> createStatus(
            @Path("owner") String owner,
            @Path("repo") String repo,
            @Path("sha") String sha,
            @Body Map<String, String> status);

    /** A pull request. */
    record Pull(
            int number,
            String node_id,
            String html_url,
            String state,
            String title,
            String body,
            boolean merged,
            String merged_at,
            String merge_commit_sha,
            Head head) {}

    /** The branch that a pull request wants to bring in. */
    record Head(String sha) {}

    /** A merge's answer. */
    record Merged(String sha) {}

    /** GraphQL's answer: 200, whatever went wrong. */
    record Answer(List<Trouble> errors) {}

    /** What GraphQL says went wrong. */
    record Trouble(String type, String message) {}

    /** A comment on a pull request. */
    record Comment(long id, String body) {}

    /** A commit's newest status of each context. */
    record CombinedStatus(List<Status> statuses) {}

    /** A commit status. */
    record Status(String state, String context, String description, String target_url) {}
}
