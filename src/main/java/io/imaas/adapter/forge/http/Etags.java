package io.imaas.adapter.forge.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Asks "has it changed?": an answer of no costs nothing of the rate limit. */
final class Etags {
    private static final int MOST = 500;
    private static final int NOT_MODIFIED = 304;

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(String etag, String body, MediaType type) {}

    Response ask(Request request, Budget.Sender sender) throws IOException {
        if (!request.method().equals("GET")) {
            return sender.send(request);
        }
        String url = request.url().toString();
        Known before;
        synchronized (known) {
            before = known.get(url);
        }
        Response response = sender.send(
                before == null
                        ? request
                        : request.newBuilder()
                                .header("If-None-Match", before.etag())
                                .build());
        if (before != null && response.code() == NOT_MODIFIED) {
            response.close();
            return response.newBuilder()
                    .code(200)
                    .body(ResponseBody.create(before.body(), before.type()))
                    .build();
        }
        String etag = response.header("ETag");
        return response.code() == 200 && etag != null ? remember(url, etag, response) : response;
    }

    private Response remember(String url, String etag, Response response) throws IOException {
        MediaType type = response.body().contentType();
        String body = response.body().string();
        synchronized (known) {
            known.put(url, new Known(etag, body, type));
        }
        return response.newBuilder().body(ResponseBody.create(body, type)).build();
    }
}
