package io.imaas.plan.gate;

import io.imaas.model.identity.Actor;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.step.CallGate;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is written to the systems that gates ask: before, for a ticket, and at the end.
 *
 * @param answers to the question
 */
public record GateCalls(Question question, List<GateAnswer> answers) implements Serializable {
    /** The groups of a plan, and before them what asks for closed gates to be opened. */
    public List<StepGroup> before(List<StepGroup> groups) {
        List<CallGate> asking = new ArrayList<>();
        forEach((one, gate, facts) -> {
            if (isWorthAsking(one) && needs(gate, facts)) {
                asking.add(asking(one, gate, facts));
            }
        });
        return asking.isEmpty()
                ? groups
                : Stream.concat(Stream.of(new StepGroup("Ask", List.copyOf(asking))), groups.stream())
                        .toList();
    }

    /**
     * The groups of a plan, and after them what tells how it ended of what lands.
     *
     * @param rollouts ids of the steps that know, by service
     */
    public List<StepGroup> after(List<StepGroup> groups, Function<ServiceName, String> rollouts) {
        List<CallGate> closing = new ArrayList<>();
        forEach((one, gate, facts) -> {
            if (facts.open()
                    && gate.ticket() != null
                    && gate.ticket().isClosed()
                    && closed(one).isEmpty()) {
                closing.add(closing(one, gate, facts, rollouts.apply(one.service())));
            }
        });
        return closing.isEmpty()
                ? groups
                : Stream.concat(groups.stream(), Stream.of(new StepGroup("Close tickets", List.copyOf(closing))))
                        .toList();
    }

    /** Whether a group is one that tells how rollouts ended. */
    public static boolean isClosing(StepGroup group) {
        return group.steps().stream().allMatch(step -> step instanceof CallGate call && !call.asks());
    }

    private interface Found {
        void take(Question one, HttpGate gate, HttpGateFacts facts);
    }

    private void forEach(Found found) {
        for (Candidate candidate : question.arriving()) {
            Question one = question.about(candidate);
            for (HttpGate gate : question.platform().gates()) {
                HttpGateFacts facts = ExternalGate.facts(one, gate);
                if (facts != null) {
                    found.take(one, gate, facts);
                }
            }
        }
    }

    /** What keeps it from landing: of what people pushed each service lands by itself, of all else all together. */
    private List<GateAnswer> closed(Question one) {
        return answers.stream()
                .filter(GateAnswer::closed)
                .filter(gate -> question.occasion() != Occasion.DIRECT_PUSH
                        || gate.services().contains(one.service()))
                .toList();
    }

    /** Whether such a gate is closed, and nobody is asked for what would be refused all the same. */
    private boolean isWorthAsking(Question one) {
        List<GateAnswer> closed = closed(one);
        return closed.stream().noneMatch(gate -> gate.waitsFor() == WaitsFor.ACTION)
                && closed.stream()
                        .anyMatch(gate -> gate.gate().equals(ExternalGate.NAME)
                                && gate.services().contains(one.service()));
    }

    private static boolean needs(HttpGate gate, HttpGateFacts facts) {
        return facts.missing()
                || (!facts.open() && !gate.timeout().isZero() && facts.about().asked() == null);
    }

    private CallGate asking(Question one, HttpGate gate, HttpGateFacts facts) {
        Approval since = new Approval(
                one.service(),
                one.environment().name(),
                facts.about().fingerprint(),
                Approval.Verdict.ASKED,
                question.overrides().actor().name(),
                gate.name(),
                Actor.Proof.MACHINE,
                "",
                question.now(),
                "");
        return new CallGate(
                "ask-" + gate.name() + "-" + one.service(),
                (facts.missing() ? "Create a ticket for " : "Wait for ") + gate.name() + ": " + one.subject(),
                gate.name(),
                facts.about().words(),
                facts.about().asked() == null
                        ? Map.of(since.path(), since.statement(question.tenant().name()))
                        : Map.of(),
                "");
    }

    private static CallGate closing(Question one, HttpGate gate, HttpGateFacts facts, String rollout) {
        return new CallGate(
                "close-" + gate.name() + "-" + one.service(),
                "Close the ticket of " + gate.name() + ": " + one.subject(),
                gate.name(),
                facts.about().words(),
                Map.of(),
                rollout);
    }
}
