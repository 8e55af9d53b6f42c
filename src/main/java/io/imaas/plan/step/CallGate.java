package io.imaas.plan.step;

import io.imaas.model.record.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes to a system that the platform's gate asks: it makes a ticket where there is none, or tells how a rollout ended.
 *
 * @param gate the gate's name
 * @param words what the request may name
 * @param asked the signed statement, by path, since when the system is asked; empty where there is one, and at the end
 * @param follows the step whose outcome is told; empty: a ticket is made
 */
public record CallGate(
        String id,
        String title,
        String gate,
        Map<String, String> words,
        Map<String, Statement> asked,
        @StepId String follows)
        implements PlannedStep {
    public CallGate {
        words = Collections.unmodifiableMap(new TreeMap<>(words));
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    @Override
    public boolean asks() {
        return follows.isEmpty();
    }

    /** What else the plan does has its own gates: it lands, or has ended already, whatever the other system makes of it. */
    @Override
    public boolean hardStop() {
        return false;
    }

    @Override
    public boolean always() {
        return !asks();
    }
}
