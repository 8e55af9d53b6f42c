package io.imaas.step.observe;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.policy.Expression;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.Expressions;
import io.imaas.port.Expressions.Gives;
import io.imaas.port.WebQuestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks the systems that the platform's gates name about releases on their way, and what their answers mean. */
public record HttpGateObserver(WebQuestions web, Expressions expressions, List<HttpGate> gates) {
    private static final int LONGEST = 300;
    private static final Set<String> NAMES = Set.of("status", "headers", "json");

    public HttpGateObserver {
        gates = List.copyOf(gates);
    }

    /** What is wrong with the expressions of a gate, each at its place. */
    public static List<Problem> problems(HttpGate gate, Expressions expressions) {
        List<Problem> problems = new ArrayList<>();
        expressions
                .problem(gate.open(), Gives.TRUTH, NAMES)
                .ifPresent(why -> problems.add(problem(gate, gate.open(), why)));
        if (gate.closedReason() != null) {
            expressions
                    .problem(gate.closedReason(), Gives.TEXT, NAMES)
                    .ifPresent(why -> problems.add(problem(gate, gate.closedReason(), why)));
        }
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
    public List<HttpGateFacts> of(Tenant tenant, EnvironmentName environment, List<Release> coming, Snapshot facts) {
        return gates.stream()
                .filter(gate -> gate.environments().contains(environment))
                .flatMap(gate ->
                        coming.stream().map(release -> ask(gate, words(tenant, environment, release, facts), release.service())))
                .toList();
    }

    private static Map<String, String> words(
            Tenant tenant, EnvironmentName environment, Release release, Snapshot facts) {
        Map<String, String> words = new HashMap<>();
        words.put("tenant", tenant.name().value());
        words.put("service", release.service().value());
        words.put("environment", environment.value());
        words.put("version", release.version());
        words.put("digest", release.image().digest().value());
        words.put("manifests", facts.hashes().getOrDefault(release.service(), ""));
        return words;
    }

    /** One question with values for its words, and what the answer means. */
    public HttpGateFacts ask(HttpGate gate, Map<String, String> words, ServiceName service) {
        try {
            WebQuestions.Answer answer = web.ask(gate.call().about(words));
            Map<String, Object> names = new HashMap<>();
            names.put("status", (long) answer.status());
            names.put("headers", answer.headers());
            names.put("json", answer.json());
            Expressions.Result open = expressions.evaluate(gate.open(), Gives.TRUTH, names);
            if (!open.problem().isEmpty()) {
                return unanswered(gate, service, unclear(gate.open(), open.problem(), answer));
            }
            String evidence = "HTTP " + answer.status() + ", " + answer.digest();
            return Boolean.TRUE.equals(open.value())
                    ? new HttpGateFacts(service, gate.name(), true, evidence, null)
                    : new HttpGateFacts(service, gate.name(), false, reason(gate, names) + evidence, null);
        } catch (FailureException e) {
            return unanswered(gate, service, e.failure());
        } catch (RuntimeException e) {
            return unanswered(
                    gate,
                    service,
                    new Failure(
                            FailureKind.DEFECT,
                            "asking it failed: " + e.getClass().getSimpleName(),
                            gate.where().toString(),
                            "this is a defect of the orchestrator: please report it"));
        }
    }

    private static HttpGateFacts unanswered(HttpGate gate, ServiceName service, Failure why) {
        return new HttpGateFacts(service, gate.name(), false, "", why);
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
            return "";
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
