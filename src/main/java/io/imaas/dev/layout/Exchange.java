package io.imaas.dev.layout;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.FileEntity;

/** One HTTP request and its answer. The server leaves out the body of an answer to {@code HEAD}. */
final class Exchange {
    private final HttpRequest request;
    private final HttpResponse response;
    private final URI uri;
    private final Map<String, String> query = new LinkedHashMap<>();

    Exchange(HttpRequest request, HttpResponse response) {
        this.request = request;
        this.response = response;
        this.uri = uri(request);
        String raw = uri.getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
    }

    String method() {
        return request.getRequestLine().getMethod();
    }

    String path() {
        return uri.getPath();
    }

    String query(String name) {
        return query.getOrDefault(name, "");
    }

    String header(String name) {
        Header header = request.getFirstHeader(name);
        return header == null ? "" : header.getValue();
    }

    InputStream body() throws IOException {
        return request instanceof HttpEntityEnclosingRequest enclosing && enclosing.getEntity() != null
                ? enclosing.getEntity().getContent()
                : InputStream.nullInputStream();
    }

    Exchange with(String header, String value) {
        response.setHeader(header, value);
        return this;
    }

    void empty(int status) {
        response.setStatusCode(status);
        if (status != 204) {
            response.setEntity(new ByteArrayEntity(new byte[0]));
        }
    }

    void file(String mediaType, Path file) {
        response.setStatusCode(200);
        response.setEntity(new FileEntity(file.toFile(), ContentType.parse(mediaType)));
    }

    void json(int status, Object content) throws IOException {
        json(status, ContentType.APPLICATION_JSON.getMimeType(), content);
    }

    void json(int status, String mediaType, Object content) throws IOException {
        response.setStatusCode(status);
        response.setEntity(
                new ByteArrayEntity(new ObjectMapper().writeValueAsBytes(content), ContentType.parse(mediaType)));
    }

    void error(RegistryError error) throws IOException {
        json(error.status(), Map.of("errors", List.of(Map.of("code", error.code(), "message", error.getMessage()))));
    }

    private static URI uri(HttpRequest request) {
        try {
            return URI.create(request.getRequestLine().getUri());
        } catch (IllegalArgumentException e) {
            return URI.create("/"); // nothing is served there
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
