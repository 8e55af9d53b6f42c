package io.imaas.model.source;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How a CAR describes one of its APIs for a service catalog.
 *
 * @param url where it is called; in a CAR {@code https://{MI_HOST}:{MI_PORT}/context}
 * @param type {@code OAS2}, {@code OAS3} or {@code ASYNC_API}
 * @param security {@code BASIC}, {@code DIGEST}, {@code OAUTH2} or {@code NONE}
 * @param definition the text that defines it; empty: the CAR has none
 */
public record ApiDescription(
        String name,
        String version,
        String description,
        String url,
        String type,
        String security,
        boolean mutualTls,
        String definition)
        implements Serializable {
    private static final Pattern SERVER = Pattern.compile("^[a-z]+://[^/]*");

    /** What is called below the server, from {@code /} on. */
    public String path() {
        String path = SERVER.matcher(url).replaceFirst("");
        return path.startsWith("/") ? path : "/" + path;
    }

    /** The same on a server, such as {@code https://api.example.org}. */
    public ApiDescription at(String server) {
        return new ApiDescription(name, version, description, server + path(), type, security, mutualTls, definition);
    }
}
