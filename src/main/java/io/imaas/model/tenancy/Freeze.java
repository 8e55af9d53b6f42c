package io.imaas.model.tenancy;

import java.io.Serializable;
import java.time.LocalDate;

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
