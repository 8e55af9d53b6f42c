package io.imaas.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.report.Json;
import io.imaas.server.api.Answers;
import io.imaas.server.api.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Asks a server's API what a command asks, with the caller's own token; nothing else is opened here. */
public final class Remote {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** A request is answered when its plan ended in Git. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final URI api;
    private final Map<String, String> environment;
    private final ParseResult command;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /**
     * @param server its address
     * @param environment holds the token, {@code IMAAS_TOKEN}, and the trace that the request is part of
     * @param command the one that was given
     * @throws FailureException INPUT when the address is not one that a token may be sent to
     */
    public Remote(String server, Map<String, String> environment, ParseResult command) {
        this.api = URI.create(
                OidcSettings.requireSafe(server, "--server").toString().replaceFirst("/+$", "") + "/api/v1/");
        this.environment = environment;
        this.command = command;
    }

    /** Prints the answer; what was not done is a failure with the kind that it has on the server. */
    public int run() {
        RemoteCommand remote = RemoteCommand.find(command.commandSpec().name())
                .orElseThrow(() -> wrong("a server answers " + String.join(", ", RemoteCommand.names())
                        + "; leave --server out for '" + command.commandSpec().name() + "'"));
        String format = String.valueOf(command.matchedOptionValue("--format", (Object) "text"));
        boolean json = format.equalsIgnoreCase("json");
        if (!json && !format.equalsIgnoreCase("text")) {
            throw wrong(
                    "--format " + format.toLowerCase(Locale.ROOT) + " does not go with --server: text or json does");
        }
        Map<String, String> given = given(remote);
        Object tenant = command.commandSpec().findOption("--tenant").getValue();
        String path = remote.path();
        if (path.equals("inbox") && !"".equals(tenant)) {
            path = "tenants/{tenant}/inbox";
        }
        if (path.contains("{tenant}")) {
            path = path.replace("{tenant}", encoded("".equals(tenant) ? only() : String.valueOf(tenant)));
        }
        if (path.contains("{service}")) {
            if (!given.containsKey("service")) {
                throw wrong("name the service");
            }
            path = path.replace("{service}", encoded(given.remove("service")));
        }
        String answer = remote.writes() ? post(path, given) : get(path, given);
        PrintWriter out = command.commandSpec().commandLine().getOut();
        out.print(json ? answer + "\n" : parsed(() -> remote.text().of(answer, given)));
        out.flush();
        return 0;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command.commandSpec().commandLine(), why);
    }

    /** By the API's names: what the command line says, and nothing that the server would not be told of. */
    private Map<String, String> given(RemoteCommand remote) {
        Map<String, String> given = new TreeMap<>();
        for (OptionSpec option : command.matchedOptions()) {
            String name = option.longestName();
            Optional<String> parameter = remote.parameter(name);
            if (parameter.isPresent()) {
                given.put(parameter.get(), String.valueOf(option.<Object>getValue()));
            } else if (!List.of("--tenant", "--format").contains(name)) {
                throw wrong(name + " does not go with --server");
            }
        }
        List<String> words = new ArrayList<>();
        command.matchedPositionals().forEach(one -> words.addAll(one.originalStringValues()));
        List<String> names = new ArrayList<>(remote.arguments());
        if (remote.writes()) {
            // The last ones are always there, and the first name takes all that are before them.
            while (!words.isEmpty() && names.size() > 1) {
                given.put(names.remove(names.size() - 1), words.remove(words.size() - 1));
            }
            if (!words.isEmpty()) {
                given.put(names.get(0), String.join(",", words));
            }
        } else {
            for (int i = 0; i < Math.min(words.size(), names.size()); i++) {
                given.put(names.get(i), words.get(i));
            }
        }
        return given;
    }

    /** The tenant that need not be named. */
    private String only() {
        List<Answers.TenantSummary> seen = parsed(
                        () -> Json.read(get("tenants", Map.of()), new TypeReference<Answers.Tenants>() {}))
                .tenants();
        if (seen.size() != 1) {
            throw wrong("you see " + seen.size() + " tenants there: choose one with --tenant");
        }
        return seen.get(0).tenant().value();
    }

    private String get(String path, Map<String, String> query) {
        String text = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(api.resolve(path + "?" + text)).GET());
    }

    private String post(String path, Map<String, String> body) {
        return send(HttpRequest.newBuilder(api.resolve(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(Json.pretty(body))));
    }

    private String send(HttpRequest.Builder request) {
        if (environment.containsKey("IMAAS_TOKEN")) {
            request.header("Authorization", "Bearer " + environment.get("IMAAS_TOKEN"));
        }
        TraceParent.find(environment.get("TRACEPARENT"))
                .ifPresent(trace -> request.header(TraceParent.NAME, trace.value()));
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return response.body();
            }
            throw refused(response);
        } catch (IOException e) {
            throw FailureException.external(
                    "the server can't be reached (" + e.getClass().getSimpleName() + ")",
                    api.getAuthority(),
                    "see whether it runs; a request that was sent already is in its events",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", api.getAuthority(), "run it again", e);
        }
    }

    private FailureException refused(HttpResponse<String> response) {
        int status = response.statusCode();
        boolean explained =
                response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        Problem problem = explained
                ? parsed(() -> Json.read(response.body(), new TypeReference<Problem>() {}))
                : new Problem(
                        status,
                        "the server answers with HTTP " + status,
                        "",
                        "see whether this is its address",
                        null,
                        null);
        return new FailureException(new Failure(
                kind(status),
                problem.detail(),
                problem.where().isEmpty() ? api.getAuthority() : problem.where(),
                status == 401 ? "export IMAAS_TOKEN=... with a token of this server" : problem.fix()));
    }

    /** What the server's own failure was, from the status that stands for it. */
    private static FailureKind kind(int status) {
        return switch (status) {
            case 403 -> FailureKind.POLICY;
            case 409 -> FailureKind.CONFLICT;
            case 422 -> FailureKind.FAILED;
            default -> status >= 500 || status == 429 ? FailureKind.EXTERNAL : FailureKind.INPUT;
        };
    }

    private interface Reading<T> {
        T read() throws JsonProcessingException;
    }

    private <T> T parsed(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "the server's answer is not understood",
                    api.getAuthority(),
                    "see whether it has the same version as this command line",
                    e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
