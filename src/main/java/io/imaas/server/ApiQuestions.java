package io.imaas.server;

import static io.imaas.server.api.Route.get;

import io.imaas.app.access.Visitor;
import io.imaas.app.request.Known;
import io.imaas.app.request.Questions.Question;
import io.imaas.app.view.TenantView;
import io.imaas.model.request.DiffRequest;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.AuditRow;
import io.imaas.report.AuditText;
import io.imaas.report.PeriodReport;
import io.imaas.report.ReleaseDiff;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Answers;
import io.imaas.server.api.Route;
import io.imaas.server.api.Route.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The addresses whose answers Git or a cluster gives: whoever asks says how long they wait for it. */
record ApiQuestions(Served served, Followers followers, Timeline timeline) {
    private static final int FEW = 20;
    /** Seconds. */
    private static final int READING = 15;

    private static final Parameter DAYS = Parameter.number("days", "how many until now: 30, 3650 at most");
    private static final String AT_ONCE = "0: what is known, at once";
    private static final Parameter READ =
            Parameter.number("wait", "seconds to wait until it is read: 15, 25 at most; " + AT_ONCE);

    List<Route> routes() {
        return List.of(
                get(
                        Api.TENANT + "/drift",
                        "Where the cluster and the Git server are not as the platform's files say, the gravest first.",
                        Answers.Drift.class,
                        this::drift,
                        READ),
                get(
                        Api.TENANT + "/previews",
                        "Pull requests that run on trial, and until when.",
                        Answers.Previews.class,
                        (visitor, given) ->
                                answer(given, served.previews(tenant(visitor, given)), Answers.Previews::new),
                        READ),
                get(
                        Api.TENANT + "/audit",
                        "All changes, those against the separation of duties first.",
                        PeriodReport.class,
                        this::period,
                        DAYS,
                        Parameter.text("since", Route.TIME, "instead of days: a time such as 2026-10-01T00:00:00Z"),
                        Parameter.text("until", Route.TIME, "the first moment after it; without it now"),
                        READ),
                get(
                        Api.SERVICE + "/history",
                        "Who changed what it runs, where, when and why, newest first.",
                        Answers.History.class,
                        this::history,
                        Parameter.text("environment", Route.ENVIRONMENT, "without it all of its path"),
                        Parameter.number("limit", "how many at the most: 20, 1000 at most"),
                        READ),
                get(
                        Api.SERVICE + "/condition",
                        "Whether its newest change is live, what runs there healthy, or what would come there approved.",
                        Answers.Reached.class,
                        this::condition,
                        ApiRequests.IN,
                        Parameter.text("for", "live|healthy|approved", "without it live"),
                        Parameter.number(
                                "wait", "seconds to wait for it, 25 at most; without it one look; " + AT_ONCE)),
                get(
                        Api.SERVICE + "/diff",
                        "What lies between two environments.",
                        ReleaseDiff.class,
                        this::diff,
                        Parameter.needed("newer", Route.ENVIRONMENT, "an environment"),
                        Parameter.needed("older", Route.ENVIRONMENT, "an environment"),
                        READ),
                get(
                        Api.SERVICE + "/evidence",
                        "All that is known of a release, as one signed file.",
                        Map.class,
                        this::evidence,
                        ApiRequests.IN,
                        Parameter.text("release", "a digest or a version; without it what runs now"),
                        READ));
    }

    private TenantView tenant(Visitor visitor, UnaryOperator<String> given) {
        return served.tenant(visitor, given.apply("tenant"));
    }

    private static EnvironmentName environment(UnaryOperator<String> given, String name) {
        return new EnvironmentName(Query.required(given, name));
    }

    private CompletableFuture<?> drift(Visitor visitor, UnaryOperator<String> given) {
        TenantName tenant = tenant(visitor, given).tenant().name();
        return answer(given, served.questions().drift(tenant), Answers.Drift::new);
    }

    /** What Git or a cluster tells: read now, or for whoever does not wait as it is known. */
    private <T> CompletableFuture<?> answer(
            UnaryOperator<String> given, Question<T> question, Function<T, Object> told) {
        Duration patience = Duration.ofSeconds(Query.number(given, "wait", READING, Api.PATIENCE));
        if (patience.isZero()) {
            Known<T> known = served.known(question);
            return Api.done(new Aged(told.apply(known.orThrow()), known.at()));
        }
        return served.questions().answer(question, patience).thenApply(told);
    }

    /** An answer that is not of now. */
    record Aged(Object answer, Instant at) {}

    private CompletableFuture<?> period(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = tenant(visitor, given);
        Instant until = Query.time(given, "until", served.untilNow());
        Instant since = Query.time(given, "since", until.minus(Duration.ofDays(Api.days(given))));
        if (!since.isBefore(until)) {
            throw new HttpProblem(400, "no period ends before it begins", "since is its first moment");
        }
        boolean untilNow = given.apply("since") == null && given.apply("until") == null;
        return answer(
                given,
                untilNow ? served.period(view, Api.days(given)) : served.period(view, since, until),
                report -> report);
    }

    private CompletableFuture<?> history(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = tenant(visitor, given);
        ServiceName service = Api.service(given, view);
        String named = given.apply("environment");
        EnvironmentName environment = named == null ? null : new EnvironmentName(named);
        int limit = (int) Math.max(1, Query.number(given, "limit", FEW, Api.MOST));
        Question<List<AuditRow>> question = served.questions()
                .of(
                        view.tenant().name(),
                        (imaas, tenant) ->
                                AuditText.rows(imaas.overview(tenant).audit(service, environment, null, limit)),
                        "history",
                        service,
                        Optional.ofNullable(environment),
                        limit);
        return answer(given, question, Answers.History::new);
    }

    private CompletableFuture<Answers.Reached> condition(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = tenant(visitor, given);
        return new Conditions(served, followers, timeline)
                .of(
                        visitor,
                        view.tenant().name(),
                        Api.service(given, view),
                        environment(given, "environment"),
                        given.apply("for"),
                        given);
    }

    private CompletableFuture<?> diff(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = tenant(visitor, given);
        DiffRequest wanted = new DiffRequest(
                Api.service(given, view), environment(given, "newer"), environment(given, "older"), null, false);
        Question<ReleaseDiff> question = served.questions()
                .of(
                        view.tenant().name(),
                        (imaas, tenant) -> imaas.overview(tenant).diff(wanted),
                        wanted);
        return answer(given, question, found -> found);
    }

    private CompletableFuture<?> evidence(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = tenant(visitor, given);
        String release = given.apply("release");
        EvidenceRequest wanted = new EvidenceRequest(
                Api.service(given, view), environment(given, "environment"), release == null ? "" : release);
        return answer(given, served.evidence(visitor, view, wanted), file -> file);
    }
}
