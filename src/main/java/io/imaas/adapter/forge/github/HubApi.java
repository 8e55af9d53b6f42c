package io.imaas.adapter.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Url;

/**
 * The calls that GitHub (REST API, version 2022-11-28) and Gitea have in common, below one repository's address. GitHub
 * reads {@code per_page}, Gitea {@code limit}.
 */
public interface HubApi {
    /** Items of a page, as far as both go. */
    int PAGE = 50;

    String PAGED = "per_page=" + PAGE + "&limit=" + PAGE;

    @GET("pulls?state=open&" + PAGED)
    Call<List<Pull>> openPulls(@Query("head") String head, @Query("base") String base, @Query("page") int page);

    @POST("pulls")
    Call<Pull> openPull(@Body Map<String, Object> pull);

    @GET("pulls/{number}")
    Call<Pull> pull(@Path("number") int number);

    @PATCH("pulls/{number}")
    Call<Pull> updatePull(@Path("number") int number, @Body Map<String, String> words);

    @GET("pulls/{number}/reviews?" + PAGED)
    Call<List<Review>> reviews(@Path("number") int number, @Query("page") int page);

    @GET("pulls/{number}/files?" + PAGED)
    Call<List<ChangedFile>> files(@Path("number") int number, @Query("page") int page);

    @GET("issues/{number}/comments?" + PAGED)
    Call<List<Comment>> comments(@Path("number") int number, @Query("page") int page);

    @POST("issues/{number}/comments")
    Call<Comment> createComment(@Path("number") int number, @Body Map<String, String> comment);

    @PATCH("issues/comments/{id}")
    Call<Comment> updateComment(@Path("id") long id, @Body Map<String, String> comment);

    @GET("commits/{sha}/status?" + PAGED)
    Call<CombinedStatus> statuses(@Path("sha") String sha, @Query("page") int page);

    @POST("statuses/{sha}")
    Call<Status> createStatus(@Path("sha") String sha, @Body Map<String, String> status);

    /** @param url the name beside this repository's own address, which ends with a slash */
    @GET
    Call<Repository> repository(@Url String url);

    /** @param url {@code ../../../orgs/OWNER} */
    @GET
    Call<JsonNode> organization(@Url String url);

    /** @param url {@code ../../../orgs/OWNER/repos} */
    @POST
    Call<Repository> createForOrganization(@Url String url, @Body Map<String, Object> repository);

    @POST("../../../user/repos")
    Call<Repository> create(@Body Map<String, Object> repository);

    @GET("../../../user")
    Call<User> self();

    @DELETE
    Call<Void> delete(@Url String url);

    @GET("branches?" + PAGED)
    Call<List<Branch>> branches();

    @GET("hooks?" + PAGED)
    Call<List<Hook>> hooks(@Query("page") int page);

    @POST("hooks")
    Call<Hook> createHook(@Body Map<String, Object> hook);

    @PATCH("hooks/{id}")
    Call<Hook> updateHook(@Path("id") long id, @Body Map<String, Object> hook);

    record Pull(
            int number,
            String html_url,
            String state,
            String title,
            String body,
            boolean merged,
            Boolean mergeable,
            String merged_at,
            String merge_commit_sha,
            Head head,
            Head base,
            User merged_by) {}

    /** A branch of a pull request. */
    record Head(String ref, String sha, Place repo) {}

    /** Where a branch is. */
    record Place(long id) {}

    /** A comment on a pull request. */
    record Comment(long id, String body) {}

    /**
     * A file of a pull request.
     *
     * @param patch null where it is too long, and at Gitea
     */
    record ChangedFile(String filename, String patch) {}

    /** A person's verdict. */
    record Review(
            long id, String body, User user, String state, String commit_id, String submitted_at, boolean dismissed) {}

    /** Somebody with an account. */
    record User(String login) {}

    /** A commit's newest status of each context. */
    record CombinedStatus(List<Status> statuses) {}

    /**
     * A commit status.
     *
     * @param state as GitHub calls it
     * @param status the same as Gitea calls it
     */
    record Status(String state, String status, String context, String description, String target_url) {}

    /** A repository, and what the login may do with it. */
    record Repository(String html_url, String default_branch, Permissions permissions) {}

    /** Rights to a repository. */
    record Permissions(boolean admin, boolean push, boolean pull) {}

    record Branch(String name) {}

    /** Whom the server tells of pushes. */
    record Hook(long id, boolean active, List<String> events, Map<String, String> config) {}
}
