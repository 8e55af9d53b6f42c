package io.imaas.cli.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.app.request.Questions.DryRun;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.Condition;
import io.imaas.port.Clock;
import io.imaas.report.Json;
import io.imaas.report.Terminal;
import io.imaas.server.api.Answers;
import java.io.PrintWriter;
import java.time.Duration;
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
    /** Seconds that a server lets an answer wait. */
    private static final long LONGEST_WAIT = 25;

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
        // Without the name of the program; a subcommand has that of its command, too.
        String name = command.commandSpec().qualifiedName().replaceFirst("^\\S+ ", "");
        RemoteCommand remote = command.matchedOptions().stream()
                .flatMap(option -> RemoteCommand.find(name + " " + option.longestName()).stream())
                .findFirst()
                .or(() -> RemoteCommand.find(name))
                .orElseThrow(() -> wrong("a server answers " + String.join(", ", RemoteCommand.names())
                        + "; leave --server out for '" + name + "'"));
        String format = String.valueOf(command.matchedOptionValue("--format", (Object) "text"));
        boolean json = format.equalsIgnoreCase("json");
        if (!json && !format.equalsIgnoreCase("text")) {
            throw wrong(
                    "--format " + format.toLowerCase(Locale.ROOT) + " does not go with --server: text or json does");
        }
        Map<String, String> given = given(remote);
        int code = 0;
        for (List<String> path : paths(remote, given)) {
            code = Math.max(code, ask(remote, path, given, json));
        }
        return code;
    }

    private int ask(RemoteCommand remote, List<String> path, Map<String, String> given, boolean json) {
        if (remote.name().equals(RemoteCommand.WAIT)) {
            return untilReached(path, given);
        }
        if (given.containsKey("dryRun")) {
            return dryRun(path, given, json);
        }
        if (given.containsKey("full")) {
            throw wrong("--full goes with --dry-run when a server is asked");
        }
        String answer = remote.writes() ? api.post(path, given) : api.get(path, given);
        print(json ? answer + "\n" : api.parsed(() -> remote.text().of(answer, given)));
        return api.parsed(() -> remote.exitCode(answer));
    }

    /** The server looks; what is missing is said, and again when that changes. */
    private int untilReached(List<String> path, Map<String, String> given) {
        Duration timeout = command.commandSpec().findOption("--timeout").getValue();
        Condition condition = command.commandSpec().findOption("--for").getValue();
        String service = path.get(path.size() - 2);
        String environment = given.getOrDefault("environment", "");
        long end = System.nanoTime() + timeout.toNanos();
        given.remove("timeout");
        given.put("for", condition.name().toLowerCase(Locale.ROOT));
        String told = "";
        while (true) {
            long left = Math.max(0, Duration.ofNanos(end - System.nanoTime()).toSeconds());
            // Without it the server takes one look; 0 would be content with what it knows.
            if (left > 0) {
                given.put("wait", String.valueOf(Math.min(left, LONGEST_WAIT)));
            } else {
                given.remove("wait");
            }
            String answer = api.get(path, given);
            Answers.Reached state = api.parsed(() -> Json.read(answer, new TypeReference<Answers.Reached>() {}));
            if (state.reached()) {
                print(condition.told(service, environment) + "\n");
                return 0;
            }
            if (!state.missing().equals(told)) {
                told = state.missing();
                command.commandSpec().commandLine().getErr().println("not yet: " + told);
            }
            if (left == 0) {
                throw condition.notReached(service, environment, timeout, told);
            }
        }
    }

    /** What is asked, one address after the other: more than one only where several tenants are meant. */
    private List<List<String>> paths(RemoteCommand remote, Map<String, String> given) {
        if (remote.arguments().contains(RemoteCommand.TENANTS)) {
            String named = given.remove(RemoteCommand.TENANTS);
            return (named == null ? visible() : List.of(named.split(",")))
                    .stream().map(tenant -> path(remote.path(), tenant, given)).toList();
        }
        OptionSpec option = command.commandSpec().findOption("--tenant");
        String tenant = option == null ? "" : String.valueOf(option.<Object>getValue());
        boolean inbox = remote.path().equals("inbox") && !tenant.isEmpty();
        return List.of(path(inbox ? "tenants/{tenant}/inbox" : remote.path(), tenant, given));
    }

    private List<String> path(String path, String tenant, Map<String, String> given) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            segments.add(
                    switch (segment) {
                        case "{tenant}" -> tenant.isEmpty() ? only() : tenant;
                        case "{service}" ->
                            Optional.ofNullable(given.remove("service")).orElseThrow(() -> wrong("name the service"));
                        default -> segment;
                    });
        }
        return segments;
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
            } else if (!List.of("--tenant", "--format").contains(name)
                    && !remote.name().endsWith(" " + name)) {
                throw wrong(name + " does not go with --server");
            }
        }
        List<String> words = new ArrayList<>();
        command.matchedPositionals().forEach(one -> words.addAll(one.originalStringValues()));
        List<String> names = new ArrayList<>(remote.arguments());
        if (remote.writes() || names.contains(RemoteCommand.TENANTS)) {
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
        List<String> seen = visible();
        if (seen.size() != 1) {
            throw wrong("you see " + seen.size() + " tenants there: choose one with --tenant"
                    + (seen.isEmpty() ? "" : ", such as --tenant " + seen.get(0)));
        }
        return seen.get(0);
    }

    private List<String> visible() {
        List<String> names = new ArrayList<>();
        Integer next = 0;
        while (next != null) {
            String answer = api.get(List.of("tenants"), Map.of("limit", "1000", "offset", String.valueOf(next)));
            Answers.Tenants part = api.parsed(() -> Json.read(answer, new TypeReference<Answers.Tenants>() {}));
            part.tenants().forEach(tenant -> names.add(tenant.tenant().value()));
            next = part.next();
        }
        return names;
    }
}
