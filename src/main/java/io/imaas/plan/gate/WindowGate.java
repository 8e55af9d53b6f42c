package io.imaas.plan.gate;

import io.imaas.model.tenancy.Windows;

/** Closed outside the hours in which something may come to the environment. */
final class WindowGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Windows windows = question.environment().windows();
        if (windows.rules().isEmpty()) {
            return Answer.notAsked();
        }
        if (windows.open(question.now())) {
            return Answer.open("within the hours of " + question.environment().name());
        }
        String why = "no change in " + question.environment().name() + " now: " + windows.why(question.now());
        return windows.opening(question.now())
                .map(opening -> Answer.closedUntil(opening, why, question.again()))
                .orElseGet(() -> Answer.closed(
                        why, "change 'windows' of " + question.environment().name() + ": they never open"));
    }
}
