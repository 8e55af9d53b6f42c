package io.imaas.adapter.jobs;

import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.LoginApi;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.ExistingJob;
import io.imaas.port.ExistingJobs;
import io.imaas.port.Secrets;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Query;
import retrofit2.http.Url;

/** Jobs of a Jenkins, by its REST API: {@code api/json} lists them, {@code config.xml} says what each is. Only read. */
public final class JenkinsServer implements ExistingJobs, AutoCloseable {
    /** Name of the secret with {@code user:token}. */
    public static final String LOGIN = "IMAAS_JENKINS_LOGIN";

    private static final int DEEPEST = 10;

    private final HttpUrl url;
    private final LoginApi servers;
    private final Answers answers;

    /** @param address of the Jenkins, with the path below which it is */
    public JenkinsServer(URI address, Secrets secrets) {
        this.url = HttpUrl.get(address);
        if (url == null) {
            throw FailureException.input(
                    "'" + address + "' is no Jenkins", "write its URL, such as https://jenkins.example.org");
        }
        this.servers = new LoginApi(secrets);
        this.answers = new Answers(
                "Jenkins",
                Map.of(
                        401,
                        "give " + LOGIN
                                + " the value user:token, with an API token of that user (Security in the user's"
                                + " menu)",
                        403,
                        "give it under Manage Jenkins > Security (ExtendedRead: with the plugin Extended Read"
                                + " Permission; Configure includes it)"));
    }

    @Override
    public List<ExistingJob> all() {
        List<ExistingJob> found = new ArrayList<>();
        Api api = servers.at(Api.class, url.resolve("/").toString(), "Jenkins at " + url.host(), LOGIN);
        below(api, url, "", 0, found);
        return found;
    }

    private void below(Api api, HttpUrl folder, String prefix, int depth, List<ExistingJob> found) {
        Items items = answers.send(api.items(below(folder, "api", "json"), "jobs[name,_class]"), "Job/Read");
        for (Item item : items.sorted()) {
            HttpUrl job = below(folder, "job", item.name());
            String name = prefix + item.name();
            if (!item.isFolder()) {
                HttpUrl config = below(job, JobConfig.FILE);
                JobConfig.read(bytes(api.config(config)), config.toString())
                        .job(name)
                        .ifPresent(found::add);
            } else if (depth < DEEPEST) {
                below(api, job, name + "/", depth + 1, found);
            }
        }
    }

    private byte[] bytes(Call<ResponseBody> call) {
        try (ResponseBody body = answers.send(call, "Job/ExtendedRead")) {
            return body.bytes();
        } catch (IOException e) {
            throw JobConfig.unreadable(call.request().url().toString(), Reason.of(e));
        }
    }

    private static HttpUrl below(HttpUrl url, String... segments) {
        HttpUrl.Builder below = url.newBuilder();
        // Jenkins' own address may end with a slash.
        if (url.pathSegments().get(url.pathSize() - 1).isEmpty()) {
            below.removePathSegment(url.pathSize() - 1);
        }
        for (String segment : segments) {
            below.addPathSegment(segment);
        }
        return below.build();
    }

    @Override
    public void close() {
        servers.close();
    }

    interface Api {
        @GET
        Call<Items> items(@Url HttpUrl folder, @Query("tree") String fields);

        @GET
        Call<ResponseBody> config(@Url HttpUrl job);
    }

    /** What is in a folder; a login sees what it may read. */
    record Items(List<Item> jobs) {
        List<Item> sorted() {
            return jobs == null
                    ? List.of()
                    : jobs.stream().sorted(Comparator.comparing(Item::name)).toList();
        }
    }

    /** A job or a folder. */
    record Item(String name, String _class) {
        boolean isFolder() {
            return _class != null && _class.endsWith("Folder");
        }
    }
}
