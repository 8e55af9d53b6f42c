package io.imaas.adapter.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Url;

/** The few calls of GitLab's API that are needed, below one project's address. */
interface GitLabApi {
    String MR = "merge_requests/{iid}";

    @GET("merge_requests?state=opened&per_page=100")
    Call<List<MergeRequest>> open(@Query("source_branch") String source, @Query("target_branch") String target);

    @POST("merge_requests")
    Call<MergeRequest> create(@Body Map<String, Object> request);

    @GET(MR)
    Call<MergeRequest> mergeRequest(@Path("iid") int iid);

    @PUT(MR)
    Call<MergeRequest> update(@Path("iid") int iid, @Body Map<String, String> words);

    @PUT(MR + "/merge")
    Call<MergeRequest> merge(@Path("iid") int iid, @Body Map<String, Object> merge);

    @GET("repository/commits/{sha}/merge_requests?per_page=100")
    Call<List<MergeRequest>> requestsOf(@Path("sha") String sha);

    /** What the request held, the newest first. */
    @GET(MR + "/versions?per_page=100")
    Call<List<Version>> versions(@Path("iid") int iid);

    @GET(MR + "/approvals")
    Call<Approvals> approvals(@Path("iid") int iid);

    @GET(MR + "/notes?per_page=100&sort=asc")
    Call<List<Note>> notes(@Path("iid") int iid, @Query("page") int page);

    @POST(MR + "/notes")
    Call<Note> createNote(@Path("iid") int iid, @Body Map<String, String> note);

    @PUT(MR + "/notes/{id}")
    Call<Note> updateNote(@Path("iid") int iid, @Path("id") long id, @Body Map<String, String> note);

    @GET(MR + "/diffs?per_page=100")
    Call<List<Difference>> differences(@Path("iid") int iid, @Query("page") int page);

    @POST(MR + "/discussions")
    Call<JsonNode> startThread(@Path("iid") int iid, @Body Map<String, Object> thread);

    @GET("repository/commits/{sha}/statuses?per_page=1")
    Call<List<Status>> statuses(@Path("sha") String sha, @Query("name") String name);

    @POST("statuses/{sha}")
    Call<Status> createStatus(@Path("sha") String sha, @Body Map<String, String> status);

    @GET("deployments?order_by=id&sort=desc&per_page=1")
    Call<List<Deployment>> deployments(@Query("environment") String environment);

    @POST("deployments")
    Call<Deployment> deploy(@Body Map<String, Object> deployment);

    @PUT("deployments/{id}")
    Call<Deployment> updateDeployment(@Path("id") long id, @Body Map<String, String> status);

    /** @param url {@code ../ID}: this project's own address ends with a slash */
    @GET
    Call<Project> project(@Url String url);

    @GET("../../namespaces")
    Call<List<Namespace>> namespaces(@Query("search") String path);

    @POST("../../projects")
    Call<Project> createProject(@Body Map<String, Object> project);

    @GET("protected_branches?per_page=100")
    Call<List<Protected>> protectedBranches();

    @POST("protected_branches")
    Call<Protected> protect(@Body Map<String, Object> branch);

    @PATCH("protected_branches/{name}")
    Call<Protected> changeProtection(@Path("name") String name, @Body Map<String, Object> branch);

    @DELETE
    Call<Void> delete(@Url String url);

    @GET("repository/branches?per_page=50")
    Call<List<Branch>> branches();

    @GET("hooks?per_page=100")
    Call<List<Hook>> hooks();

    @POST("hooks")
    Call<Hook> createHook(@Body Map<String, Object> hook);

    @PUT("hooks/{id}")
    Call<Hook> updateHook(@Path("id") long id, @Body Map<String, Object> hook);

    @GET("../../personal_access_tokens/self")
    Call<JsonNode> self();

    record Branch(String name) {}

    /** A merge request; {@code detailed_merge_status} says what stands in its way. */
    record MergeRequest(
            int iid,
            String web_url,
            String state,
            String title,
            String description,
            String sha,
            String merge_commit_sha,
            String squash_commit_sha,
            String detailed_merge_status,
            Long source_project_id,
            Long target_project_id,
            User merge_user) {}

    /** What a merge request held from a moment on. */
    record Version(String head_commit_sha, String base_commit_sha, String start_commit_sha, String created_at) {}

    /** How a file differs; {@code diff} is empty where that is too long. */
    record Difference(String old_path, String new_path, String diff) {}

    /** Who approved; GitLab does not say which commit. */
    record Approvals(List<Approval> approved_by) {}

    /** One of them. */
    record Approval(User user, String approved_at) {}

    /** Somebody with an account. */
    record User(String username) {}

    /** A comment; {@code position} is null where it is about the whole. */
    record Note(long id, String body, Position position) {}

    /** A line; null where it is gone. */
    record Position(String new_path, Integer new_line) {}

    record Status(String status, String name, String description, String target_url) {}

    /** What runs, or is about to. */
    record Deployment(long id, String status, String sha) {}

    /** A project, and what the login may do with it. */
    record Project(long id, JsonNode permissions) {}

    /** A group, or a person's own place. */
    record Namespace(long id, String full_path) {}

    /** Protected branches by name or pattern. */
    record Protected(
            String name, boolean allow_force_push, List<Level> push_access_levels, List<Level> merge_access_levels) {}

    /** Who may: 0 nobody, 30 developers, 40 maintainers; or one user, group or deploy key, whatever the level says then. */
    record Level(Integer access_level, Long user_id, Long group_id, Long deploy_key_id) {}

    /** Whom the server tells of pushes. */
    record Hook(long id, String url) {}
}
