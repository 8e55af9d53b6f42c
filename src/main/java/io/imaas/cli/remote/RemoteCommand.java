package io.imaas.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.app.Audit;
import io.imaas.report.AuditText;
import io.imaas.report.InboxText;
import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixText;
import io.imaas.report.PeriodReport;
import io.imaas.report.ReleaseDiff;
import io.imaas.report.StandingPreview;
import io.imaas.report.Terminal;
import io.imaas.server.api.Answers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that a server can answer.
 *
 * @param name with the option that makes another request of it, such as {@code promote --chart}
 * @param path below {@code /api/v1/}; what is in braces is one of the values
 * @param arguments what the words of the command line are, the first to the last; of a request the first takes all that
 *     are left
 * @param options of the API that options of the command name
 * @param writes whether something may be different afterwards
 * @param text of an answer, for people
 */
record RemoteCommand(
        String name, String path, List<String> arguments, Set<String> options, boolean writes, Shown text) {
    /** The argument of commands that are about some tenants, or all. */
    static final String TENANTS = "tenants";
    /** The command that is asked until it is answered with yes. */
    static final String WAIT = "wait";

    /** What every request may be asked with. */
    private static final Set<String> DRY_RUN = Set.of("dryRun", "full");

    /** Options that the API has another name for. */
    private static final Map<String, String> OTHERWISE = Map.of("--to", "release", "--source-commit", "commit");

    private static final String TENANT = "tenants/{tenant}";
    private static final String SERVICE = TENANT + "/services/{service}";

    private static final Map<String, RemoteCommand> ALL = Stream.of(
                    asks("status", TENANT, Set.of(), RemoteCommand::status, "service"),
                    asks("inbox", "inbox", Set.of(), RemoteCommand::inbox),
                    asks(
                            "history",
                            SERVICE + "/history",
                            Set.of("limit"),
                            RemoteCommand::history,
                            "service",
                            "environment"),
                    asks(
                            WAIT,
                            SERVICE + "/condition",
                            Set.of("for", "timeout"),
                            (json, given) -> json,
                            "service",
                            "environment"),
                    asks("diff", SERVICE + "/diff", Set.of(), RemoteCommand::diff, "service", "newer", "older"),
                    asks(
                            "evidence",
                            SERVICE + "/evidence",
                            Set.of("release"),
                            (json, given) -> json + "\n",
                            "service",
                            "environment"),
                    asks("evidence --since", TENANT + "/audit", Set.of("since", "until"), RemoteCommand::period),
                    asks("preview list", TENANT + "/previews", Set.of(), RemoteCommand::previews),
                    asks("audit", TENANT + "/drift", Set.of(), RemoteCommand::drift, TENANTS),
                    does(
                            "promote",
                            "promotions",
                            Set.of("reason", "assumeHealthy", "override"),
                            "services",
                            "from",
                            "to"),
                    does("promote --chart", "chart-promotions", Set.of("reason", "override"), "to"),
                    does(
                            "approve",
                            "approvals",
                            Set.of("as", "refuse", "withdraw", "confirmOverride", "image", "version", "chart"),
                            "services",
                            "to"),
                    does("rollback", "rollbacks", Set.of("release", "reason"), "service", "environment"),
                    does("resume", "resumes", Set.of(), "service", "environment"),
                    does("release", "releases", Set.of("image", "version", "commit"), "service", "environment"),
                    does("review", "reviews", Set.of(), "environment"),
                    does("onboard", "onboardings", Set.of(), TENANTS),
                    does("preview remove", "preview-removals", Set.of(), "previews"))
            .collect(Collectors.toMap(RemoteCommand::name, Function.identity()));

    /** Makes text of an answer's JSON. */
    interface Shown {
        String of(String json, Map<String, String> given) throws JsonProcessingException;
    }

    private static RemoteCommand asks(String name, String path, Set<String> options, Shown text, String... arguments) {
        return new RemoteCommand(name, path, List.of(arguments), options, false, text);
    }

    private static RemoteCommand does(String name, String what, Set<String> options, String... arguments) {
        return new RemoteCommand(name, TENANT + "/" + what, List.of(arguments), options, true, RemoteCommand::run);
    }

    /** Empty for a command that works on this machine alone. */
    static Optional<RemoteCommand> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }

    /** What it exits with after this answer. */
    int exitCode(String json) throws JsonProcessingException {
        return name.equals("audit") && !findings(json).isEmpty() ? 1 : 0;
    }

    /** What an option is to the API, if it may go there. */
    Optional<String> parameter(String option) {
        String own = OTHERWISE.getOrDefault(option, camel(option));
        return Optional.of(own).filter(name -> options.contains(name) || (writes && DRY_RUN.contains(name)));
    }

    /** Such as {@code assumeHealthy} for {@code --assume-healthy}. */
    private static String camel(String option) {
        return Pattern.compile("-(.)").matcher(option.substring(2)).replaceAll(part -> part.group(1)
                .toUpperCase(Locale.ROOT));
    }

    private static String status(String json, Map<String, String> given) throws JsonProcessingException {
        Matrix all = Json.read(json, new TypeReference<Answers.Status>() {}).matrix();
        String service = given.get("service");
        return all == null
                ? "not read yet\n"
                : MatrixText.of(
                        all.of(row -> service == null || row.service().value().equals(service)),
                        Instant.now(),
                        Terminal.of(System.getenv()));
    }

    private static String inbox(String json, Map<String, String> given) throws JsonProcessingException {
        return InboxText.of(
                Json.read(json, new TypeReference<Answers.Inbox>() {}).items(),
                Instant.now(),
                Terminal.of(System.getenv()));
    }

    private static String history(String json, Map<String, String> given) throws JsonProcessingException {
        return AuditText.text(
                Json.read(json, new TypeReference<Answers.History>() {}).changes(), Terminal.of(System.getenv()));
    }

    private static String diff(String json, Map<String, String> given) throws JsonProcessingException {
        return Json.read(json, new TypeReference<ReleaseDiff>() {}).text();
    }

    private static String previews(String json, Map<String, String> given) throws JsonProcessingException {
        return StandingPreview.text(
                Json.read(json, new TypeReference<Answers.Previews>() {}).previews());
    }

    private static String period(String json, Map<String, String> given) throws JsonProcessingException {
        return Json.read(json, new TypeReference<PeriodReport>() {}).text();
    }

    private static String drift(String json, Map<String, String> given) throws JsonProcessingException {
        return Audit.text(findings(json));
    }

    private static List<Audit.Finding> findings(String json) throws JsonProcessingException {
        return Json.read(json, new TypeReference<Answers.Drift>() {}).findings();
    }

    private static String run(String json, Map<String, String> given) throws JsonProcessingException {
        Map<String, Object> run = Json.read(json, new TypeReference<Map<String, Object>>() {});
        return Stream.of("title", "status", "commit")
                .filter(run::containsKey)
                .map(name -> name + ": " + run.get(name) + "\n")
                .reduce("", String::concat);
    }
}
