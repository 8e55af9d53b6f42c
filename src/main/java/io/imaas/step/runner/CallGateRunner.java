package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.plan.step.CallGate;
import io.imaas.plan.step.KeepRecords;
import io.imaas.port.Expressions;
import io.imaas.port.Expressions.Gives;
import io.imaas.port.WebQuestions;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import io.imaas.step.observe.HttpGateObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes tickets, and tells how rollouts ended. The system is asked right before, so that a second attempt makes no second ticket. */
public record CallGateRunner(
        List<HttpGate> gates, Supplier<WebQuestions> web, Supplier<Expressions> expressions, KeepRecordsRunner records)
        implements StepRunner<CallGate> {
    public CallGateRunner {
        gates = List.copyOf(gates);
    }

    @Override
    public Outcome run(CallGate step, StepContext context) {
        HttpGate gate = gates.stream()
                .filter(one -> one.name().equals(step.gate()))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "the platform has no gate '" + step.gate() + "' any more", "platform.yaml", "run it again"));
        return step.asks() ? ask(step, gate, context) : close(step, gate, context);
    }

    private Outcome ask(CallGate step, HttpGate gate, StepContext context) {
        List<Effect> effects = new ArrayList<>();
        if (!step.asked().isEmpty()) {
            KeepRecords since = new KeepRecords(step.id(), step.title(), step.asked(), step.title(), Map.of());
            effects.addAll(records.run(since, context).effects());
        }
        HttpGate.Ticket ticket = gate.ticket();
        boolean created = ticket != null && ticket.isCreated();
        if (created && HttpGateObserver.isMissing(gate, expressions.get(), now(step, gate))) {
            effects.add(Effect.created("ticket", gate.name(), send(ticket.create(), step.words(), gate)));
        }
        return Outcome.done(null, effects);
    }

    private Outcome close(CallGate step, HttpGate gate, StepContext context) {
        Outcome ended = context.outcome(step.follows()).orElse(null);
        if (ended == null || gate.ticket() == null) {
            return Outcome.skipped("nobody here has seen how it ended: close the ticket by hand");
        }
        HttpGate.Call call = ended instanceof Outcome.Failed
                ? gate.ticket().failed()
                : gate.ticket().succeeded();
        if (call == null) {
            return Outcome.skipped("the platform tells " + gate.name() + " nothing of that");
        }
        Map<String, String> words = new HashMap<>(step.words());
        if (gate.ticket().id() != null) {
            Expressions.Result id = expressions.get().evaluate(gate.ticket().id(), Gives.TEXT, now(step, gate));
            if (!(id.value() instanceof String text) || text.isBlank()) {
                throw FailureException.input(
                        "the answer names no ticket: " + id.problem(),
                        gate.ticket().id().where().toString(),
                        "close the ticket by hand, and change 'id' of the gate " + gate.name());
            }
            words.put("ticket", text);
        }
        return Outcome.done(null, List.of(Effect.updated("ticket", gate.name(), send(call, words, gate))));
    }

    private Map<String, Object> now(CallGate step, HttpGate gate) {
        return HttpGateObserver.names(web.get().ask(gate.call().about(step.words())), step.words());
    }

    private String send(HttpGate.Call call, Map<String, String> words, HttpGate gate) {
        WebQuestions.Answer answer = web.get().ask(call.about(words));
        String found = "HTTP " + answer.status() + ", " + answer.digest();
        if (answer.status() / 100 != 2) {
            throw FailureException.input(
                    "the system behind " + gate.name() + " does not take it (" + found + ")",
                    gate.where().toString(),
                    "see what it wants, and which rights the credential has");
        }
        return found;
    }
}
