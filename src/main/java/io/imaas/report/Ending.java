package io.imaas.report;

import io.imaas.model.tenancy.ServiceName;
import java.time.Instant;
import java.util.List;

/**
 * What a door knows of a run's end and its events do not tell.
 *
 * @param services what the run was about; those that its steps name are added
 * @param cut how the door ended it before its time or for reasons of its own, such as {@code aborted} or {@code failed};
 *     empty: it ended as its events say
 * @param afterFailure whether the run before it, of the same kind, had failed
 * @param link a page with more, or empty
 */
public record Ending(List<ServiceName> services, String cut, boolean afterFailure, String link, Instant at) {
    public Ending {
        services = List.copyOf(services);
    }
}
