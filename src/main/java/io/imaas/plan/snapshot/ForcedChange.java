package io.imaas.plan.snapshot;

import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.tenancy.Platform;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gates that somebody passed by force, and what a second person said of it.
 *
 * @param override who, what, why and when
 * @param confirmation of a second person; null where there is none
 * @param due until when somebody must have confirmed it; null where nobody is asked to
 * @param overdue whether that moment is past and nobody has
 */
public record ForcedChange(Approval override, Approval confirmation, Instant due, boolean overdue)
        implements Serializable {
    /** All that is recorded, oldest first. */
    public static List<ForcedChange> of(Platform platform, List<Approval> said, Instant now) {
        Duration within = platform.overrides().confirmWithin();
        return said.stream()
                .filter(one -> one.verdict() == Verdict.OVERRIDE)
                .sorted(Comparator.comparing(Approval::at))
                .map(override -> {
                    Approval confirmation =
                            confirmation(platform.trust(), said, override).orElse(null);
                    Instant due = within.isZero() ? null : override.at().plus(within);
                    boolean overdue = confirmation == null && due != null && !now.isBefore(due);
                    return new ForcedChange(override, confirmation, due, overdue);
                })
                .toList();
    }

    /** The same by the path of its record. */
    public static Map<String, ForcedChange> byPath(Platform platform, List<Approval> said, Instant now) {
        return of(platform, said, now).stream()
                .collect(Collectors.toMap(one -> one.override().path(), one -> one));
    }

    /** The first word of a second person that it was right; empty where there is none. */
    public static Optional<Approval> confirmation(Trust trust, List<Approval> said, Approval override) {
        return said.stream().filter(one -> confirms(trust, one, override)).min(Comparator.comparing(Approval::at));
    }

    /** A second person, whose name was proven, under whatever spelling. */
    private static boolean confirms(Trust trust, Approval said, Approval override) {
        return said.verdict() == Verdict.CONFIRMED
                && said.proof().ofPerson()
                && said.service().equals(override.service())
                && said.environment().equals(override.environment())
                && said.fingerprint().equals(override.fingerprint())
                && !said.at().isBefore(override.at())
                && !trust.person(said.by()).equals(trust.person(override.by()));
    }

    public Optional<Approval> confirmed() {
        return Optional.ofNullable(confirmation);
    }

    /** Whether a second person is still asked. */
    public boolean open() {
        return confirmation == null && due != null;
    }

    /** Whether a second person was asked and came too late. */
    public boolean late() {
        return confirmation != null && due != null && confirmation.at().isAfter(due);
    }

    /** How it stands, for people: loud where nobody confirmed it in time. */
    public String standing() {
        if (overdue) {
            return "OVERRIDE NOT CONFIRMED: no second person did until " + due;
        }
        if (confirmation != null) {
            return confirmation.sentence() + (late() ? ", LATE: due " + due : "");
        }
        return due == null ? "nobody has to confirm it" : "to be confirmed by a second person until " + due;
    }

    public String sentence() {
        return override.service() + " in " + override.environment() + ": " + override.sentence() + "; " + standing();
    }
}
