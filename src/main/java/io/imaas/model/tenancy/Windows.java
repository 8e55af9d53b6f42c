package io.imaas.model.tenancy;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When something may come to an environment.
 *
 * @param rules all of which must allow it: the platform's, and the tenant's own
 * @param synced whether the deployment server is to keep them as well
 */
public record Windows(List<Rule> rules, boolean synced) implements Serializable {
    /** At any time. */
    public static final Windows ALWAYS = new Windows(List.of(), false);

    /** Two weeks: windows come again every week, and on one day of the year an hour of it is left out. */
    private static final int LOOK_AHEAD = 15;

    /**
     * What one file says.
     *
     * @param allow one of them must be now; empty: any time is right
     * @param deny none of them may be now
     */
    public record Rule(List<Window> allow, List<Window> deny) implements Serializable {
        public Rule {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }

        private boolean open(Instant moment) {
            return (allow.isEmpty() || allow.stream().anyMatch(window -> window.covers(moment)))
                    && deny.stream().noneMatch(window -> window.covers(moment));
        }
    }

    public Windows {
        rules = rules.stream()
                .filter(rule -> !rule.allow().isEmpty() || !rule.deny().isEmpty())
                .toList();
    }

    /** Only when both allow it. */
    public Windows and(Windows other) {
        return new Windows(Stream.concat(rules.stream(), other.rules.stream()).toList(), synced || other.synced);
    }

    public boolean open(Instant moment) {
        return rules.stream().allMatch(rule -> rule.open(moment));
    }

    /** The first moment after a closed one at which it is open; empty when it never is. */
    public Optional<Instant> opening(Instant closed) {
        return all().flatMap(window -> window.turns(closed, LOOK_AHEAD))
                .sorted()
                .distinct()
                .filter(this::open)
                .findFirst();
    }

    /** What keeps it closed, in the words of the files. */
    public String why(Instant closed) {
        Optional<Window> denied = rules.stream()
                .flatMap(rule -> rule.deny().stream())
                .filter(window -> window.covers(closed))
                .findFirst();
        if (denied.isPresent()) {
            return "never " + denied.get().text() + " (" + denied.get().zone() + ")";
        }
        return "only "
                + rules.stream()
                        .filter(rule -> !rule.open(closed))
                        .flatMap(rule -> rule.allow().stream())
                        .map(window -> window.text() + " (" + window.zone() + ")")
                        .reduce((one, next) -> one + ", " + next)
                        .orElse("");
    }

    private Stream<Window> all() {
        return rules.stream().flatMap(rule -> Stream.concat(rule.allow().stream(), rule.deny().stream()));
    }

    /**
     * Days on which nothing new comes to an environment.
     *
     * @param from first day, inclusive, in the platform's time zone
     * @param to last day, inclusive
     */
    public record Freeze(LocalDate from, LocalDate to, String reason) implements Serializable {
        public boolean covers(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }
}
