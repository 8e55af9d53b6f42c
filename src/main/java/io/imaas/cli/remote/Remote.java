package io.imaas.cli.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.app.request.Requests.DryRun;
import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import io.imaas.report.Json;
import io.imaas.report.Terminal;
import io.imaas.server.api.Answers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Asks a server's API what a command asks, with the caller's own token; nothing else is opened here. */
public final class Remote {
    private final ServerApi api;
    private final ParseResult command;

    /**
     * @param server its address
     * @param environment says who asks, and the trace that the request is part of
     * @param clock tells whether a login has expired
     * @param command the one that was given
     * @throws FailureException INPUT when the address is not one that a token may be sent to
     */
    public Remote(String server, Map<String, String> environment, Clock clock, ParseResult command) {
        this.api = ServerApi.of(server, environment, clock);
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
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            segments.add(
                    switch (segment) {
                        case "{tenant}" -> "".equals(tenant) ? only() : String.valueOf(tenant);
                        case "{service}" ->
                            Optional.ofNullable(given.remove("service")).orElseThrow(() -> wrong("name the service"));
                        default -> segment;
                    });
        }
        if (given.containsKey("dryRun")) {
            return dryRun(segments, given, json);
        }
        if (given.containsKey("full")) {
            throw wrong("--full goes with --dry-run when a server is asked");
        }
        String answer = remote.writes() ? api.post(segments, given) : api.get(segments, given);
        print(json ? answer + "\n" : api.parsed(() -> remote.text().of(answer, given)));
        return 0;
    }

    /** The server's plan, as this command line would show its own. */
    private int dryRun(List<String> path, Map<String, String> given, boolean json) {
        if (Terminal.of(System.getenv()).color()) {
            given.put("color", "true");
        }
        String answer = api.post(path, given);
        DryRun shown = api.parsed(() -> Json.read(answer, new TypeReference<DryRun>() {}));
        print(json ? Json.pretty(shown.plan()) + "\n" : shown.text());
        return shown.exitCode();
    }

    private void print(String text) {
        PrintWriter out = command.commandSpec().commandLine().getOut();
        out.print(text);
        out.flush();
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
        String answer = api.get(List.of("tenants"), Map.of());
        List<Answers.TenantSummary> seen = api.parsed(() -> Json.read(answer, new TypeReference<Answers.Tenants>() {}))
                .tenants();
        if (seen.size() != 1) {
            throw wrong("you see " + seen.size() + " tenants there: choose one with --tenant");
        }
        return seen.get(0).tenant().value();
    }
}
