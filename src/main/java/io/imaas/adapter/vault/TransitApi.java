package io.imaas.adapter.vault;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** The calls that are made, below {@code /v1/transit/}. */
interface TransitApi {
    @GET("keys/{name}")
    Call<Answer<Key>> key(@Path("name") String name);

    @POST("sign/{name}/sha2-256")
    Call<Answer<Signed>> sign(@Path("name") String name, @Body Map<String, Object> what);

    record Answer<T>(T data) {}

    /** @param keys by version; a key that only encrypts has numbers there, and no public halves */
    record Key(String type, @JsonProperty("latest_version") int latest, Map<String, Object> keys) {}

    /** @param signature {@code vault:v1:} and the signature in Base64 */
    record Signed(String signature) {}
}
