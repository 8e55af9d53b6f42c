package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import io.imaas.adapter.argocd.follow.FeedSource;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.ByteString;
import retrofit2.Call;
import retrofit2.Response;

/**
 * The watch stream over HTTP: server-sent events, because then Argo CD sends a sign of life every 15 s (newline-delimited
 * JSON is read as well). Silence for three of them ends the stream ({@link ArgoCdClient}).
 */
public final class EventStream implements FeedSource {
    /** Far above what Kubernetes keeps of an object; a line without an end must not eat the memory. */
    private static final long LONGEST_LINE = 4L << 20;

    private static final int MOST_APPLICATIONS = 50_000;
    private static final int LIST_MINUTES = 5;
    /** With any version the server sends only what happens from now on, and subscribes at once. */
    private static final String ONLY_NEWS = "1";

    private static final ByteString DATA = ByteString.encodeUtf8("data:");

    private final ArgoCdClient client;
    private final Executor threads;
    private final ObjectReader events;
    private final ObjectReader documents;

    /** @param threads one is used for the stream as long as it is open */
    public EventStream(ArgoCdClient client, Executor threads) {
        this.client = client;
        this.threads = threads;
        this.events = client.mapper().readerFor(WatchEvent.class);
        this.documents = client.mapper().readerFor(ApplicationDocument.class);
    }

    /** One line of the stream. */
    record WatchEvent(Result result, StreamError error) {
        record Result(String type, ApplicationDocument application) {}

        record StreamError(String message) {}
    }

    @Override
    public void open(Sink sink) {
        try {
            Call<ResponseBody> call = client.api().watch("text/event-stream", ONLY_NEWS);
            threads.execute(() -> follow(call, sink));
        } catch (FailureException | RejectedExecutionException e) {
            sink.closed(e.getMessage());
        }
    }

    private void follow(Call<ResponseBody> call, Sink sink) {
        String why = "the stream ended";
        try {
            Response<ResponseBody> response = call.execute();
            try (ResponseBody body = response.body()) {
                if (body == null) {
                    why = client.message(response);
                } else {
                    read(body.source(), sink);
                }
            }
        } catch (IOException | RuntimeException e) {
            why = String.valueOf(e.getMessage());
        } finally {
            // Whatever broke it: who is not told waits for ever.
            sink.closed(why);
        }
    }

    private void read(BufferedSource source, Sink sink) throws IOException {
        while (true) {
            long end = source.indexOf((byte) '\n', 0, LONGEST_LINE);
            if (end < 0) {
                return;
            }
            ByteString line = source.readByteString(end);
            source.skip(1);
            sink.alive();
            line(line, sink);
        }
    }

    private void line(ByteString line, Sink sink) throws IOException {
        ByteString json = line.startsWith(DATA) ? line.substring(DATA.size()) : line;
        if (json.size() == 0 || json.indexOf(ByteString.encodeUtf8("{")) < 0) {
            return;
        }
        WatchEvent event = events.readValue(json.toByteArray());
        if (event.error() != null) {
            throw new IOException(event.error().message());
        }
        if (event.result() == null || event.result().application() == null) {
            return;
        }
        ApplicationDocument application = event.result().application();
        if ("DELETED".equals(event.result().type())) {
            sink.removed(new ApplicationName(
                    application.metadata().namespace() == null
                            ? ""
                            : application.metadata().namespace(),
                    application.metadata().name()));
        } else {
            sink.changed(ApplicationReader.view(application));
        }
    }

    @Override
    public void list(Consumer<Listing> answer) {
        try {
            threads.execute(() -> answer.accept(list()));
        } catch (RejectedExecutionException e) {
            answer.accept(new Listing(null, "closed"));
        }
    }

    private Listing list() {
        try {
            Call<ResponseBody> call = client.api().applications();
            call.timeout().timeout(LIST_MINUTES, TimeUnit.MINUTES);
            Response<ResponseBody> response = call.execute();
            try (ResponseBody body = response.body()) {
                return body == null
                        ? new Listing(null, client.message(response))
                        : new Listing(parse(body.byteStream()), "");
            }
        } catch (IOException | RuntimeException e) {
            return new Listing(null, String.valueOf(e.getMessage()));
        }
    }

    /** One application at a time: the whole text of ten thousand is never in memory. */
    private List<ApplicationView> parse(InputStream body) throws IOException {
        List<ApplicationView> views = new ArrayList<>();
        try (JsonParser parser = client.mapper().createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the list of applications is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean items = parser.currentName().equals("items");
                if (parser.nextToken() == JsonToken.START_ARRAY && items) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        views.add(ApplicationReader.view(documents.readValue(parser)));
                        if (views.size() > MOST_APPLICATIONS) {
                            throw new IOException("there are more than " + MOST_APPLICATIONS + " applications");
                        }
                    }
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("the list of applications is cut short");
            }
        }
        return views;
    }
}
