package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Kubernetes' URLs in CEL, such as {@code url(x).getHost()}. */
final class Urls {
    private static final OpaqueType URL = OpaqueType.create("kubernetes.URL");

    /** What Go and Java take for the same parts; a fragment, a user or an odd character is none of it. */
    private static final Pattern SURE = Pattern.compile(
            "(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}"
                    + "|\\[[0-9A-Fa-f:]{2,45}])(?::[0-9]{1,5})?(?=[/?]|$)|(?=/(?!/)))"
                    + "(?:[A-Za-z0-9._~$&'()*+,=:@/!-]|%[2-7][0-9A-Fa-f])*+(?:\\?(?:[A-Za-z0-9._~$&'()*+,=:@/!?-]|%[2-7][0-9A-Fa-f])*+)?");

    private Urls() {}

    static void add(Functions to) {
        to.type(URL, URI.class)
                .global("url", URL, List.of(STRING), given -> url((String) given[0]))
                .global("isURL", BOOL, List.of(STRING), given -> isUrl((String) given[0]));
        part(
                to,
                "getScheme",
                url -> url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT));
        part(to, "getHost", url -> url.getHost() == null ? url.getRawAuthority() : host(url));
        part(
                to,
                "getHostname",
                url -> url.getHost() == null ? "" : url.getHost().replaceAll("^\\[|]$", ""));
        part(to, "getPort", url -> url.getPort() < 0 ? "" : String.valueOf(url.getPort()));
        part(to, "getEscapedPath", URI::getRawPath);
        to.member(
                "getQuery",
                MapType.create(STRING, ListType.create(STRING)),
                List.of(URL),
                given -> query((URI) given[0]));
    }

    private static void part(Functions to, String name, Function<URI, String> part) {
        to.member(name, STRING, List.of(URL), given -> Objects.requireNonNullElse(part.apply((URI) given[0]), ""));
    }

    private static String host(URI url) {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Absolute, or an absolute path, as an HTTP request takes it. */
    private static URI url(String text) {
        if (!text.contains(":") && !text.startsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' is not an absolute URL");
        }
        try {
            URI url = SURE.matcher(text).matches() ? new URI(text) : null;
            if (url != null && (url.getScheme() == null || url.getHost() != null)) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw GivenUp.reading(text);
        }
        throw GivenUp.reading(text);
    }

    private static boolean isUrl(String text) {
        try {
            url(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<String, List<String>> query(URI url) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (url.getRawQuery() != null) {
            for (String pair : url.getRawQuery().split("&")) {
                if (pair.isEmpty()) {
                    continue;
                }
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(decoded(parts[0]), key -> new ArrayList<>())
                        .add(parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
