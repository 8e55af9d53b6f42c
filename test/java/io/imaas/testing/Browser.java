package io.imaas.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window, steered by the DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path profile;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
    private int count;

    private Browser(Path program, Path profile) throws IOException, InterruptedException {
        this.profile = profile;
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        URI tools = tools();
        String pages = client.send(
                        HttpRequest.newBuilder(tools.resolve("/json/list")).build(), BodyHandlers.ofString())
                .body();
        String page = Stream.of(JSON.readValue(pages, JsonNode[].class))
                .filter(each -> each.path("type").asText().equals("page"))
                .map(each -> each.path("webSocketDebuggerUrl").asText())
                .findFirst()
                .orElseThrow();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .join();
        ask("Page.enable", Map.of());
    }

    /** Where Chromium is; empty where there is none. */
    public static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile a folder of its own */
    public static Browser start(Path profile) {
        try {
            return new Browser(program().orElseThrow(), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI tools() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String mark = "DevTools listening on ws://";
        String line = out.readLine();
        while (line != null && !line.startsWith(mark)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("Chromium ended before it listened");
        }
        Thread drain = new Thread(() -> out.lines().forEach(each -> {}), "browser-output");
        drain.setDaemon(true);
        drain.start();
        return URI.create("http://" + line.substring(mark.length()));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void heard(String message) {
        try {
            JsonNode json = JSON.readTree(message);
            if (json.has("id")) {
                asked.remove(json.path("id").asInt()).complete(json);
            } else if (json.path("method").asText().equals("Page.loadEventFired")) {
                loaded.add(message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        int id = ++count;
        asked.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode json = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (json.has("error") || json.at("/result/exceptionDetails").isObject()) {
            throw new AssertionError(method + ": " + json);
        }
        return json.path("result");
    }

    /** @param width of the window, in CSS pixels */
    public void window(int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void dark(boolean dark) {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Whether pages may run scripts of theirs. */
    public void scripts(boolean run) {
        ask("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }

    /** Goes to an address and waits until all of it is there. */
    public void open(URI address) {
        loaded.clear();
        ask("Page.navigate", Map.of("url", address.toString()));
        awaitPage();
    }

    /** Waits for the page that a form or a link leads to. */
    public void awaitPage() {
        try {
            if (loaded.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
                throw new AssertionError("the page does not come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The value of an expression of JavaScript, in the page. */
    public JsonNode value(String script) {
        return ask("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true))
                .at("/result/value");
    }

    /** Presses a key, such as {@code a}, {@code Tab} or {@code Enter}, and releases it. */
    public void press(String key, int code) {
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        for (String type : List.of("keyDown", "keyUp")) {
            ask(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            type.equals("keyDown") ? text : ""));
        }
    }

    /** What a screen reader hears: {@code role: name}, an entry a node that has a name. */
    public List<String> accessible() {
        return Stream.of(JSON.convertValue(
                        ask("Accessibility.getFullAXTree", Map.of()).path("nodes"), JsonNode[].class))
                .filter(node -> !node.path("ignored").asBoolean())
                .map(node -> node.at("/role/value").asText() + ": "
                        + node.at("/name/value").asText())
                .toList();
    }

    /** The page's beginning, also what lies below the window. */
    public byte[] picture(int width, int height) {
        Map<String, Integer> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        return Base64.getDecoder()
                .decode(ask("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
                        .path("data")
                        .asText());
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
            // Links that lead out of the folder.
            for (String name : List.of("SingletonLock", "SingletonSocket", "SingletonCookie")) {
                Files.deleteIfExists(profile.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
