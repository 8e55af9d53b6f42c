package io.imaas.adapter.apim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
