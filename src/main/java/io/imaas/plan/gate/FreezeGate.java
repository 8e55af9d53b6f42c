package io.imaas.plan.gate;

import io.imaas.model.tenancy.Windows.Freeze;
import java.time.LocalDate;
import java.util.List;

/** Closed on the days of a freeze. */
final class FreezeGate implements Gate {
    @Override
    public Answer ask(Question question) {
        List<Freeze> freezes = question.environment().freezes();
        return freezes.stream()
                .filter(freeze -> freeze.covers(question.today()))
                .findFirst()
                .map(freeze -> Answer.closedUntil(
                        opening(freezes, freeze.to())
                                .atStartOfDay(question.platform().zone())
                                .toInstant(),
                        question.environment().name() + " is frozen: " + freeze.reason(),
                        question.again()))
                .orElseGet(Answer::notAsked);
    }

    /** The first day after {@code last} that no window covers. */
    private static LocalDate opening(List<Freeze> freezes, LocalDate last) {
        LocalDate day = last.plusDays(1);
        for (int i = 0; i < freezes.size(); i++) {
            for (Freeze freeze : freezes) {
                if (freeze.covers(day)) {
                    day = freeze.to().plusDays(1);
                }
            }
        }
        return day;
    }
}
