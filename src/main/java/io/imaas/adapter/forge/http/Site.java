package io.imaas.adapter.forge.http;

import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * A Git server that is asked, without credentials, what it is.
 *
 * @param root its address, such as {@code https://git.example.org/}
 */
public record Site(HttpUrl root, ForgeHttp http) {
    /** An answer of whatever kind: a missing node where it is not JSON. */
    public record Answer(Headers headers, JsonNode body) {}

    /** @param path relative to the root */
    public Answer ask(String path) {
        return http.ask(root.resolve(path));
    }
}
