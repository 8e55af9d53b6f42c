package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ForcedChange;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Service x environment: what runs where, since when, and what waits for whom.
 *
 * @param notices what is told beside the table, such as that the tenant is offboarded, or that gates were passed by force
 */
public record Matrix(List<EnvironmentName> environments, List<Row> rows, List<Notice> notices) implements Serializable {
    public Matrix {
        notices = List.copyOf(notices);
        environments = List.copyOf(environments);
        rows = List.copyOf(rows);
    }

    /** The same, with how many releases the cells lag behind, by service and environment. */
    public Matrix behind(Map<ServiceName, Map<EnvironmentName, Integer>> releases) {
        List<Row> counted = new ArrayList<>();
        for (Row row : rows) {
            Map<EnvironmentName, Integer> own = releases.getOrDefault(row.service(), Map.of());
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.cells().size(); i++) {
                cells.add(row.cells().get(i).behind(own.getOrDefault(environments.get(i), 0)));
            }
            counted.add(new Row(row.service(), cells));
        }
        return new Matrix(environments, counted, notices);
    }

    /** The same, with what was passed by force and is not confirmed: first of all, and where it is. */
    public Matrix flagged(List<ForcedChange> forced) {
        List<ForcedChange> open = forced.stream().filter(ForcedChange::open).toList();
        List<Notice> told = new ArrayList<>(open.stream()
                .map(one -> new Notice(one.override().service(), one.sentence()))
                .toList());
        told.addAll(notices);
        List<Row> marked = rows.stream()
                .map(row -> new Row(
                        row.service(),
                        IntStream.range(0, row.cells().size())
                                .mapToObj(i -> row.cells()
                                        .get(i)
                                        .flagged(open.stream()
                                                .filter(one -> one.overdue()
                                                        && one.override()
                                                                .service()
                                                                .equals(row.service())
                                                        && one.override()
                                                                .environment()
                                                                .equals(environments.get(i)))
                                                .findFirst()))
                                .toList()))
                .toList();
        return new Matrix(environments, marked, told);
    }

    /** The same with these rows alone. */
    public Matrix of(Predicate<Row> wanted) {
        return new Matrix(environments, rows.stream().filter(wanted).toList(), notices);
    }

    public Matrix of(ServiceName service) {
        return new Matrix(
                environments,
                rows.stream().filter(row -> row.service().equals(service)).toList(),
                notices.stream()
                        .filter(notice -> service.equals(notice.service()))
                        .toList());
    }

    /** The same with more notices, first of all. */
    public Matrix noting(List<Notice> more) {
        return new Matrix(
                environments,
                rows,
                Stream.concat(more.stream(), notices.stream()).toList());
    }

    /**
     * A sentence; in JSON it is that alone.
     *
     * @param service which service it is about; null: the tenant as a whole
     */
    public record Notice(ServiceName service, String sentence) implements Serializable {
        public static Notice ofTenant(String sentence) {
            return new Notice(null, sentence);
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    /** A service and its cells, one an environment. */
    public record Row(ServiceName service, List<Cell> cells) implements Serializable {
        public Row {
            cells = List.copyOf(cells);
        }

        /** What people look for it by: its name, and version, health and note in each environment. */
        public String words() {
            return cells.stream()
                    .map(cell -> String.join(" ", cell.version(), cell.health(), cell.note()))
                    .collect(Collectors.joining(" ", service + " ", ""));
        }
    }

    /**
     * One service in one environment.
     *
     * @param version empty when nothing runs there
     * @param health healthy, degraded, unapplied, assumed, unproven, or empty
     * @param since when the release came, ISO 8601, or empty when not asked for
     * @param by who brought it, or empty
     * @param note a hold, health of the environment before that was assumed, that the service skips the environment or is offboarded there; or empty
     * @param held whether it came by a rollback that keeps automatic changes away
     * @param absent whether the service does not belong there: it skips the environment, or is offboarded
     * @param waits sentences: what keeps the release of the environment before from coming here
     * @param behind how many releases the environment before had since this one; 0 when none, or when nobody counted
     */
    public record Cell(
            String version,
            String digest,
            String health,
            String since,
            String by,
            String note,
            boolean held,
            boolean absent,
            List<String> waits,
            int behind)
            implements Serializable {
        public Cell {
            waits = List.copyOf(waits);
        }

        /** Where nobody counted. */
        public Cell(
                String version,
                String digest,
                String health,
                String since,
                String by,
                String note,
                boolean held,
                List<String> waits) {
            this(version, digest, health, since, by, note, held, false, waits, 0);
        }

        /** @param why the service does not belong there, a word */
        static Cell absent(String why) {
            return new Cell("", "", "", "", "", why, false, true, List.of(), 0);
        }

        /** Nothing runs there. */
        public boolean isEmpty() {
            return version.isEmpty() && digest.isEmpty();
        }

        private Cell flagged(Optional<ForcedChange> forced) {
            String told = Stream.of(
                            note, forced.map(any -> "override not confirmed").orElse(""))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("; "));
            return new Cell(version, digest, health, since, by, told, held, absent, waits, behind);
        }

        private Cell behind(int releases) {
            return absent ? this : new Cell(version, digest, health, since, by, note, held, false, waits, releases);
        }
    }
}
