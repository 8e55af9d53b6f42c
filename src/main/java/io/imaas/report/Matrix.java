package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.List;

/**
 * Service x environment: what runs where, since when, and what waits for whom.
 *
 * @param notices sentences about the tenant as a whole, such as that it is offboarded
 */
public record Matrix(List<EnvironmentName> environments, List<Row> rows, List<String> notices) implements Serializable {
    public Matrix {
        notices = List.copyOf(notices);
        environments = List.copyOf(environments);
        rows = List.copyOf(rows);
    }

    /** A service and its cells, one an environment. */
    public record Row(ServiceName service, List<Cell> cells) implements Serializable {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One service in one environment.
     *
     * @param version empty when nothing runs there
     * @param health healthy, degraded, unapplied, assumed, unproven, or empty
     * @param since when the release came, ISO 8601, or empty when not asked for
     * @param by who brought it, or empty
     * @param note a hold, or that the service skips the environment, or empty
     * @param waits sentences: what keeps the release of the environment before from coming here
     */
    public record Cell(
            String version, String digest, String health, String since, String by, String note, List<String> waits)
            implements Serializable {
        public Cell {
            waits = List.copyOf(waits);
        }
    }
}
