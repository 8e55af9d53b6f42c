package io.imaas.adapter.apim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.apim.WsoServiceCatalog.CatalogApi.Entry;
import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.LoginApi;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.ApiDescription;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.Secrets;
import io.imaas.port.ServiceCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import retrofit2.Call;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Multipart;
import retrofit2.http.POST;
import retrofit2.http.Part;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** {@link ServiceCatalog} of WSO2's API Manager from 4.0 on. */
public final class WsoServiceCatalog implements ServiceCatalog, AutoCloseable {
    private static final int PAGE = 100;

    private final LoginApi servers;
    private final boolean writes;

    /** @param writes whether what differs is written, or only told */
    public WsoServiceCatalog(Secrets secrets, boolean writes) {
        this.servers = new LoginApi(secrets);
        this.writes = writes;
    }

    @Override
    public Applied keep(Place place, List<ApiDescription> apis) {
        CatalogApi api = api(place);
        Answers answers = answers(place);
        Map<String, Entry> there = new HashMap<>();
        listed(api, answers, place.owner()).forEach(entry -> there.put(entry.serviceKey(), entry));
        List<Effect> effects = new ArrayList<>();
        List<CatalogFiles> changed = new ArrayList<>();
        List<Effect> changes = new ArrayList<>();
        Map<String, String> sums = new LinkedHashMap<>();
        Set<String> wanted = new HashSet<>();
        for (ApiDescription one : apis) {
            CatalogFiles files = CatalogFiles.of(place.owner(), one);
            Entry now = there.get(files.key());
            // Two CARs of an image may describe the same.
            if (!wanted.add(files.key())) {
                continue;
            }
            if (now != null && files.md5().equals(now.md5())) {
                effects.add(Effect.unchanged(TYPE, files.key()));
                continue;
            }
            changed.add(files);
            sums.put(files.key(), now == null ? files.md5() : now.md5());
            changes.add(
                    now == null
                            ? Effect.created(TYPE, files.key(), one.url())
                            : Effect.updated(TYPE, files.key(), one.url()));
        }
        List<Failure> failures = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        try {
            send(api, answers, changed, sums);
            effects.addAll(changes);
            for (Entry entry : there.values()) {
                if (!wanted.contains(entry.serviceKey())) {
                    leave(api, answers, entry, effects, warnings);
                }
            }
        } catch (FailureException e) {
            failures.add(e.failure());
        }
        return new Applied(effects, failures, warnings);
    }

    private void send(CatalogApi api, Answers answers, List<CatalogFiles> changed, Map<String, String> sums) {
        if (changed.isEmpty() || !writes) {
            return;
        }
        RequestBody zip = RequestBody.create(CatalogFiles.zip(changed), MediaType.get("application/octet-stream"));
        answers.send(
                api.send(
                        MultipartBody.Part.createFormData("file", "payload.zip", zip),
                        RequestBody.create(verifier(sums), MediaType.get("text/plain; charset=utf-8"))),
                "service_catalog:service_write");
    }

    private static String verifier(Map<String, String> sums) {
        List<Map<String, String>> list = new ArrayList<>();
        sums.forEach((key, md5) -> list.add(Map.of("key", key, "md5", md5)));
        try {
            return LoginApi.JSON.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are JSON", e);
        }
    }

    /** What the release has no longer: whoever made an API of it decides when that ends. */
    private void leave(CatalogApi api, Answers answers, Entry entry, List<Effect> effects, List<Problem> warnings) {
        if (entry.usage() > 0 || !gone(api, answers, entry)) {
            warnings.add(Problem.warning(
                    "still-used",
                    Location.of(TYPE + " " + entry.serviceKey()),
                    "the release has no such API any more, and somebody made an API of it",
                    "move or delete that API in the Publisher; the next rollout removes the entry"));
        } else {
            effects.add(Effect.deleted(TYPE, entry.serviceKey(), ""));
        }
    }

    /** @return whether it is gone now, or would be in a real run; the catalog keeps what is used */
    private boolean gone(CatalogApi api, Answers answers, Entry entry) {
        return !writes || answers.make(api.remove(entry.id()), "service_catalog:service_write");
    }

    @Override
    public List<Effect> remove(Place place) {
        CatalogApi api = api(place);
        Answers answers = answers(place);
        List<Entry> there = listed(api, answers, place.owner());
        there.stream().filter(entry -> entry.usage() > 0).findFirst().ifPresent(WsoServiceCatalog::refuse);
        List<Effect> effects = new ArrayList<>();
        for (Entry entry : there) {
            if (!gone(api, answers, entry)) {
                refuse(entry);
            }
            effects.add(Effect.deleted(TYPE, entry.serviceKey(), ""));
        }
        return effects.isEmpty() ? List.of(Effect.unchanged(TYPE, place.owner() + "*")) : effects;
    }

    private static void refuse(Entry entry) {
        throw FailureException.policy(
                "somebody made an API of this service: it would lead nowhere",
                TYPE + " " + entry.serviceKey(),
                "delete that API in the Publisher, or let it call another service; then run 'imaas onboard' again");
    }

    /** The catalog looks for names that hold a text somewhere. */
    private static List<Entry> listed(CatalogApi api, Answers answers, String owner) {
        List<Entry> found = new ArrayList<>();
        for (int offset = 0; ; offset += PAGE) {
            CatalogApi.Page page = answers.send(api.services(owner, PAGE, offset), "service_catalog:service_view");
            List<Entry> list = page == null || page.list() == null ? List.of() : page.list();
            list.stream()
                    .filter(entry ->
                            entry.name() != null && entry.name().startsWith(owner) && entry.serviceKey() != null)
                    .forEach(found::add);
            if (list.size() < PAGE) {
                return found;
            }
        }
    }

    private static Answers answers(Place place) {
        return new Answers(
                "API Manager",
                Map.of(
                        401,
                        "give the secret " + place.credential() + " the value user:password of an account there",
                        403,
                        "give the account of " + place.credential() + " a role with this scope",
                        404,
                        "check onboarding.apiManager.url in platform.yaml: there is no service catalog v1",
                        0,
                        "correct the API's definition in src/main/wso2mi/resources/api-definitions and build again"));
    }

    private CatalogApi api(Place place) {
        return servers.at(
                CatalogApi.class,
                place.url() + "/api/am/service-catalog/v1/",
                "the API Manager at " + place.url(),
                place.credential());
    }

    @Override
    public void close() {
        servers.close();
    }

    /** The calls that are made, below {@code /api/am/service-catalog/v1/}, as its description has them. */
    interface CatalogApi {
        /** @param name part of the names that are looked for */
        @GET("services")
        Call<Page> services(@Query("name") String name, @Query("limit") int limit, @Query("offset") int offset);

        /**
         * @param file a zip with a folder for each service, with {@code metadata.yaml} and {@code definition.yaml}
         * @param verifier JSON: keys, and the sums that the catalog has of them so far
         */
        @Multipart
        @POST("services/import?overwrite=true")
        Call<JsonNode> send(@Part MultipartBody.Part file, @Part("verifier") RequestBody verifier);

        @DELETE("services/{id}")
        Call<Void> remove(@Path("id") String id);

        /** Some of the services. */
        record Page(List<Entry> list) {}

        /**
         * One service.
         *
         * @param md5 of its definition and of its metadata, one after the other
         * @param usage how many APIs were made of it
         */
        record Entry(String id, String name, String version, String serviceKey, String md5, int usage) {}
    }
}
