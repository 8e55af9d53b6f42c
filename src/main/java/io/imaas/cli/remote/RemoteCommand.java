package io.imaas.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.model.failure.FailureException;
import io.imaas.report.AuditText;
import io.imaas.report.InboxText;
import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixText;
import io.imaas.report.ReleaseDiff;
import io.imaas.report.Terminal;
import io.imaas.server.api.Answers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command that a server can answer.
 *
 * @param path below {@code /api/v1/}; what is in braces is one of the values
 * @param arguments what the words of the command line are, the first to the last; of a request the first takes all that
 *     are left
 * @param options what an option is to the API, by its name
 * @param text of an answer, for people
 */
record RemoteCommand(String path, List<String> arguments, Map<String, String> options, Shown text) {
    private static final String TENANT = "tenants/{tenant}";
    private static final String SERVICE = TENANT + "/services/{service}";

    private static final Map<String, RemoteCommand> ALL = Map.of(
            "status",
                    asks(TENANT, Map.of(), RemoteCommand::status, "service"),
            "inbox",
                    asks("inbox", Map.of(), RemoteCommand::inbox),
            "history",
                    asks(SERVICE + "/history", Map.of("--limit", "limit"), RemoteCommand::history, "service", "environment"),
            "diff",
                    asks(SERVICE + "/diff", Map.of(), RemoteCommand::diff, "service", "newer", "older"),
            "evidence",
                    asks(
                            SERVICE + "/evidence",
                            Map.of("--service", "service", "--env", "environment", "--release", "release"),
                            (json, given) -> json + "\n"),
            "promote",
                    asks(
                            TENANT + "/promotions",
                            Map.of(
                                    "--reason", "reason",
                                    "--assume-healthy", "assumeHealthy",
                                    "--override", "override"),
                            RemoteCommand::run,
                            "services",
                            "from",
                            "to"),
            "approve",
                    asks(
                            TENANT + "/approvals",
                            Map.of(
                                    "--as", "as",
                                    "--refuse", "refuse",
                                    "--withdraw", "withdraw",
                                    "--confirm-override", "confirmOverride"),
                            RemoteCommand::run,
                            "services",
                            "to"),
            "rollback",
                    asks(
                            TENANT + "/rollbacks",
                            Map.of("--to", "release", "--reason", "reason"),
                            RemoteCommand::run,
                            "service",
                            "environment"),
            "resume",
                    asks(TENANT + "/resumes", Map.of(), RemoteCommand::run, "service", "environment"));

    /** Makes text of an answer's JSON. */
    private interface Shown {
        String of(String json, Map<String, String> given) throws JsonProcessingException;
    }

    private static RemoteCommand asks(String path, Map<String, String> options, Shown text, String... arguments) {
        return new RemoteCommand(path, List.of(arguments), options, text);
    }

    /** Empty for a command that works on this machine alone. */
    static Optional<RemoteCommand> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    /** Whether something may be different afterwards. */
    boolean writes() {
        return path.matches(".*/(promotions|approvals|rollbacks|resumes)");
    }

    /** An answer, as the command shows it on this machine. */
    String shown(String json, Map<String, String> given) {
        try {
            return text.of(json, given);
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "the server's answer is not understood: " + e.getOriginalMessage(),
                    "",
                    "see whether it has the same version as this command line",
                    e);
        }
    }

    private static String status(String json, Map<String, String> given) throws JsonProcessingException {
        Matrix all = Json.read(json, new TypeReference<Answers.Status>() {}).matrix();
        String service = given.get("service");
        return all == null
                ? "not read yet\n"
                : MatrixText.of(
                        new Matrix(
                                all.environments(),
                                all.rows().stream()
                                        .filter(row -> service == null
                                                || row.service().value().equals(service))
                                        .toList(),
                                all.notices()),
                        Instant.now());
    }

    private static String inbox(String json, Map<String, String> given) throws JsonProcessingException {
        return InboxText.of(
                Json.read(json, new TypeReference<Answers.Inbox>() {}).items(),
                Instant.now(),
                Terminal.of(System.getenv()));
    }

    private static String history(String json, Map<String, String> given) throws JsonProcessingException {
        return AuditText.text(Json.read(json, new TypeReference<Answers.History>() {}).changes());
    }

    private static String diff(String json, Map<String, String> given) throws JsonProcessingException {
        return Json.read(json, new TypeReference<ReleaseDiff>() {}).text();
    }

    private static String run(String json, Map<String, String> given) throws JsonProcessingException {
        Map<String, Object> run = Json.read(json, new TypeReference<Map<String, Object>>() {});
        return Stream.of("title", "status", "commit")
                .filter(run::containsKey)
                .map(name -> name + ": " + run.get(name) + "\n")
                .reduce("", String::concat);
    }
}
