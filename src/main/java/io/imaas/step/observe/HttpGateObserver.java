package io.imaas.step.observe;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.image.Digest;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.snapshot.HttpGateFacts.About;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.Expressions;
import io.imaas.port.Expressions.Gives;
import io.imaas.port.WebQuestions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks the systems that the platform's gates name about releases on their way, and what their answers mean. */
public record HttpGateObserver(WebQuestions web, Expressions expressions, List<HttpGate> gates) {
    private static final int LONGEST = 300;
    private static final Set<String> NAMES = Set.of(
            "status",
            "headers",
            "json",
            "tenant",
            "service",
            "environment",
            "version",
            "digest",
            "manifests",
            "content");

    public HttpGateObserver {
        gates = List.copyOf(gates);
    }

    /** What is wrong with the expressions of a gate, each at its place. */
    public static List<Problem> problems(HttpGate gate, Expressions expressions) {
        Map<Expression, Gives> all = new LinkedHashMap<>();
        all.put(gate.open(), Gives.TRUTH);
        all.put(gate.closedReason(), Gives.TEXT);
        if (gate.ticket() != null) {
            all.put(gate.ticket().missing(), Gives.TRUTH);
            all.put(gate.ticket().id(), Gives.TEXT);
        }
        List<Problem> problems = new ArrayList<>();
        all.forEach((expression, gives) -> {
            if (expression != null) {
                expressions
                        .problem(expression, gives, NAMES)
                        .ifPresent(why -> problems.add(problem(gate, expression, why)));
            }
        });
        return problems;
    }

    private static Problem problem(HttpGate gate, Expression expression, String why) {
        return Problem.error(
                "gate-expression",
                expression.where(),
                "'" + expression.name() + "' of gate '" + gate.name() + "' can't be evaluated: " + why,
                "it may use " + new TreeSet<>(NAMES) + "; the gate stays closed until then");
    }

    /** @param facts with what would run, which requests may name by its hash */
    public List<HttpGateFacts> of(
            Tenant tenant, EnvironmentName environment, List<ServiceState> coming, Snapshot facts) {
        return gates.stream()
                .filter(gate -> gate.environments().contains(environment))
                .flatMap(gate -> coming.stream()
                        .filter(service -> service.release() != null)
                        .map(service -> about(gate, tenant, environment, service, facts))
                        // Whoever had their time is not asked any more.
                        .map(about -> gate.isOver(about.asked(), facts.state().at())
                                ? new HttpGateFacts(about, false, false, "", null)
                                : ask(gate, about, null)))
                .toList();
    }

    private static About about(
            HttpGate gate, Tenant tenant, EnvironmentName environment, ServiceState coming, Snapshot facts) {
        String content = Fingerprint.of(environment, coming, facts);
        Instant asked = facts.state().approvals().stream()
                .filter(one -> one.verdict() == Approval.Verdict.ASKED
                        && one.environment().equals(environment)
                        && one.fingerprint().equals(content)
                        && one.as().equals(gate.name()))
                .map(Approval::at)
                .min(Instant::compareTo)
                .orElse(null);
        return new About(
                coming.service(),
                gate.name(),
                content,
                words(tenant, environment, coming.release(), content, facts),
                asked);
    }

    private static Map<String, String> words(
            Tenant tenant, EnvironmentName environment, Release release, String content, Snapshot facts) {
        Map<String, String> words = new HashMap<>();
        words.put("tenant", tenant.name().value());
        words.put("service", release.service().value());
        words.put("environment", environment.value());
        words.put("version", release.version());
        words.put("digest", release.image().digest().value());
        words.put("manifests", facts.hashes().getOrDefault(release.service(), ""));
        byte[] all = (tenant.name() + "/" + content).getBytes(StandardCharsets.UTF_8);
        words.put("content", Digest.of(all).hex());
        return words;
    }

    /**
     * One question with values for its words, and what the answer means.
     *
     * @param answered whether it is an answer at all; null: every one is
     */
    public HttpGateFacts ask(HttpGate gate, Map<String, String> words, ServiceName service, Expression answered) {
        return ask(gate, new About(service, gate.name(), "", words, null), answered);
    }

    private HttpGateFacts ask(HttpGate gate, About about, Expression answered) {
        try {
            WebQuestions.Answer answer = web.ask(gate.call().about(about.words()));
            Map<String, Object> names = names(answer, about.words());
            if (answered != null
                    && !Boolean.TRUE.equals(
                            expressions.evaluate(answered, Gives.TRUTH, names).value())) {
                return unanswered(
                        about,
                        FailureException.external(
                                        "it does not answer the query: " + reason(gate, names) + "HTTP "
                                                + answer.status(),
                                        answered.where().toString(),
                                        "",
                                        (Duration) null)
                                .failure());
            }
            Expressions.Result open = expressions.evaluate(gate.open(), Gives.TRUTH, names);
            if (!open.problem().isEmpty()) {
                return unanswered(about, unclear(gate.open(), open.problem(), answer));
            }
            String evidence = "HTTP " + answer.status() + ", " + answer.digest();
            return Boolean.TRUE.equals(open.value())
                    ? new HttpGateFacts(about, true, false, evidence, null)
                    : new HttpGateFacts(
                            about, false, isMissing(gate, expressions, names), reason(gate, names) + evidence, null);
        } catch (FailureException e) {
            return unanswered(about, e.failure());
        } catch (RuntimeException e) {
            return unanswered(
                    about,
                    new Failure(
                            FailureKind.DEFECT,
                            "asking it failed: " + e.getClass().getSimpleName(),
                            gate.where().toString(),
                            "this is a defect of the orchestrator: please report it"));
        }
    }

    /** What expressions know of an answer, and of what was asked. */
    public static Map<String, Object> names(WebQuestions.Answer answer, Map<String, String> words) {
        Map<String, Object> names = new HashMap<>(words);
        names.put("status", (long) answer.status());
        names.put("headers", answer.headers());
        names.put("json", answer.json());
        return names;
    }

    /** Whether an answer tells that there is no ticket yet, and the platform wants one made. */
    public static boolean isMissing(HttpGate gate, Expressions expressions, Map<String, Object> names) {
        return gate.ticket() != null
                && gate.ticket().isCreated()
                && Boolean.TRUE.equals(expressions
                        .evaluate(gate.ticket().missing(), Gives.TRUTH, names)
                        .value());
    }

    private static HttpGateFacts unanswered(About about, Failure why) {
        return new HttpGateFacts(about, false, false, "", why);
    }

    private static Failure unclear(Expression open, String problem, WebQuestions.Answer answer) {
        return new Failure(
                FailureKind.EXTERNAL,
                "the answer (HTTP " + answer.status() + (answer.json() == null ? ", no JSON" : "")
                        + ") can't be understood by 'open': " + plain(problem),
                open.where().toString(),
                "see what the system answers, and change 'open' in " + open.where());
    }

    private String reason(HttpGate gate, Map<String, Object> names) {
        if (gate.closedReason() == null) {
            return "not true: " + plain(gate.open().text()) + "; ";
        }
        Expressions.Result reason = expressions.evaluate(gate.closedReason(), Gives.TEXT, names);
        return reason.value() instanceof String text && !text.isBlank() ? plain(text) + "; " : "";
    }

    /** Somebody else's words: one short line. */
    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
