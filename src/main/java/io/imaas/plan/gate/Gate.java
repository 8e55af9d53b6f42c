package io.imaas.plan.gate;

/**
 * A condition that is checked before something reaches an environment. It reads its question and nothing else. A new
 * gate is one class here and one row in {@link GateTable}.
 */
public interface Gate {
    Answer ask(Question question);

    /** Whether it is asked once about all services that arrive, and not about each of them. */
    default boolean asksForAllTogether() {
        return false;
    }

    /** Whether somebody entitled may pass it while it is closed. */
    default boolean canBeForced() {
        return true;
    }
}
