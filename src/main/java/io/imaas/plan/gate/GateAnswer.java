package io.imaas.plan.gate;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Answer.WaitsFor;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A gate's answer as plans and reports keep it.
 *
 * @param gate the gate's name
 * @param subject what it was asked about, for people, such as {@code order-api 1.4.0 -> prod}
 * @param services what it was asked about
 * @param found the evidence, or why it is closed
 * @param whatOpensIt empty when it is open
 * @param waitsFor null when it is open
 * @param askAgainAt when the answer changes by itself, or null
 * @param kind POLICY, or why nobody could answer
 * @param records paths of the signed records that it counted; none when it is closed
 */
public record GateAnswer(
        String gate,
        String subject,
        List<ServiceName> services,
        State state,
        String found,
        String whatOpensIt,
        WaitsFor waitsFor,
        Instant askAgainAt,
        FailureKind kind,
        List<String> records)
        implements Serializable {
    public GateAnswer {
        services = List.copyOf(services);
        records = List.copyOf(records);
    }

    public enum State {
        OPEN("open"),
        /** Open, because a person vouches for what nobody observed. */
        ASSUMED("assumed"),
        /** Closed, and somebody entitled passes it by force. */
        FORCED("forced"),
        /** Closed, and the policy of direct changes lets the run go on. */
        TOLERATED("tolerated"),
        /** Closed: what it is about is left out, the rest is done, and the run fails for it. */
        FLAGGED("flagged"),
        CLOSED("closed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static GateAnswer of(String gate, String subject, List<ServiceName> services, Answer answer) {
        if (answer instanceof Answer.Closed closed) {
            return new GateAnswer(
                    gate,
                    subject,
                    services,
                    State.CLOSED,
                    closed.reason(),
                    closed.whatOpensIt(),
                    closed.waitsFor(),
                    closed.askAgainAt(),
                    closed.kind(),
                    List.of());
        }
        Answer.Open open = (Answer.Open) answer;
        State state = open.assumed() ? State.ASSUMED : State.OPEN;
        return new GateAnswer(
                gate, subject, services, state, open.evidence(), "", null, null, FailureKind.POLICY, open.records());
    }

    /** Whether the gate keeps the plan from being executed. */
    public boolean closed() {
        return state == State.CLOSED;
    }

    /** Whether what it is about is left out. */
    public boolean flagged() {
        return state == State.FLAGGED;
    }

    /** A closed gate that does not keep the plan from being executed; an open one as it is. */
    public GateAnswer passed(State as) {
        return closed()
                ? new GateAnswer(gate, subject, services, as, found, whatOpensIt, waitsFor, askAgainAt, kind, records)
                : this;
    }

    /** What opens it, and when; empty when it is open. */
    public String opening() {
        return (askAgainAt == null ? "" : "from " + askAgainAt.truncatedTo(ChronoUnit.SECONDS) + " on: ") + whatOpensIt;
    }

    /** What a step fails with that asks its gates when it begins: all that is closed, in one failure. */
    public static Failure refusal(List<GateAnswer> closed) {
        GateAnswer first = closed.get(0);
        return new Failure(
                first.kind(), joined(closed, GateAnswer::found), first.subject(), joined(closed, GateAnswer::opening));
    }

    private static String joined(List<GateAnswer> gates, Function<GateAnswer, String> part) {
        return gates.stream().map(part).distinct().collect(Collectors.joining("; "));
    }

    /** What executing a plan fails with while the gate is closed. */
    public Failure refusal() {
        return new Failure(kind, found, subject, opening());
    }
}
