package io.imaas.jenkins.page;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import io.imaas.jenkins.job.JobOfHand;
import io.imaas.jenkins.page.BackgroundValue.Reading;
import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.run.Look;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Commit;
import io.imaas.report.Matrix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tenant as the page shows it to the one who asks. */
public final class TenantView {
    private final Tenant tenant;
    private final Reading<TenantStatus> reading;
    private final Instant now;

    TenantView(Tenant tenant, Reading<TenantStatus> reading, Instant now) {
        this.tenant = tenant;
        this.reading = reading;
        this.now = now;
    }

    public String getName() {
        return tenant.name().value();
    }

    public String getDisplayName() {
        return tenant.displayName().isEmpty() ? getName() : tenant.displayName();
    }

    /** Why it could not be read; empty: it could. */
    public String getFailure() {
        return reading.failure();
    }

    /** Whether somebody is still reading it for the first time. */
    public boolean isPending() {
        return reading.never();
    }

    /** Whether somebody is reading it now, so that what is shown will soon be replaced. */
    public boolean isUnderWay() {
        return reading.underWay();
    }

    public Moment getReadAt() {
        return reading.never() ? null : Moment.of(reading.at(), now);
    }

    /** From the top of Jenkins; empty when there is none, or the visitor may not open it. */
    public String getFolderUrl() {
        return folder().filter(folder -> folder.hasPermission(Item.READ))
                .map(Item::getUrl)
                .orElse("");
    }

    private Optional<AbstractFolder<?>> folder() {
        return Visitor.folder(tenant.name());
    }

    /** Whether the visitor may act here, and there is a job that does it. */
    public boolean isHand() {
        return Visitor.mayPromote(tenant.name())
                && folder().flatMap(JobOfHand::find).isPresent();
    }

    public List<String> getEnvironments() {
        return names(matrix().map(Matrix::environments).orElse(List.of()));
    }

    /**
     * What is true beside the cells, such as weaknesses that a scan found in what runs, and that the tenant or parts of it
     * are offboarded, which is known before anything is read.
     */
    public List<String> getNotices() {
        return matrix().map(matrix ->
                        matrix.notices().stream().map(Matrix.Notice::sentence).toList())
                .orElseGet(tenant::tombstones);
    }

    public List<Row> getRows() {
        return matrix().map(matrix -> matrix.rows().stream()
                        .map(row -> Row.of(tenant, reading.value(), row, now))
                        .toList())
                .orElse(List.of());
    }

    /** By environment, what came onto its branch. */
    public List<History> getHistory() {
        List<History> history = new ArrayList<>();
        if (reading.value() != null) {
            reading.value()
                    .history()
                    .forEach((environment, commits) -> history.add(new History(
                            environment.value(),
                            commits.stream().map(commit -> change(commit, now)).toList())));
        }
        return history;
    }

    private Optional<Matrix> matrix() {
        return Optional.ofNullable(reading.value()).map(TenantStatus::matrix);
    }

    private static List<String> names(List<EnvironmentName> environments) {
        return environments.stream().map(EnvironmentName::value).toList();
    }

    private static History.Change change(Commit commit, Instant now) {
        return new History.Change(
                commit.id().abbreviated(),
                commit.id().value(),
                Moment.of(commit.at(), now),
                commit.actor(),
                commit.subject());
    }

    public record Row(String service, List<Cell> cells) {
        static Row of(Tenant tenant, TenantStatus status, Matrix.Row row, Instant now) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < row.cells().size(); i++) {
                EnvironmentName environment = status.matrix().environments().get(i);
                boolean approvers = tenant.environment(environment)
                        .filter(rules -> !rules.approvers().isEmpty())
                        .isPresent();
                cells.add(Cell.of(
                        environment.value(),
                        before(tenant, row, environment),
                        approvers,
                        status.forced(row.service(), environment),
                        row.cells().get(i),
                        now));
            }
            return new Row(row.service().value(), cells);
        }

        /** Where the service's releases come from on their way to an environment; services may leave environments out. */
        private static String before(Tenant tenant, Matrix.Row row, EnvironmentName environment) {
            List<EnvironmentName> path =
                    tenant.service(row.service()).map(Service::environments).orElse(List.of());
            int at = path.indexOf(environment);
            return at < 1 ? "" : path.get(at - 1).value();
        }

        /** Whether somebody should look at it. */
        public boolean attention() {
            return cells.stream().anyMatch(Cell::attention);
        }
    }

    /**
     * A service in an environment as the page shows it.
     *
     * @param digest abbreviated
     * @param since null when unknown
     * @param from the environment whose release could come here; empty: none
     * @param approvable whether one could come here that somebody may approve
     * @param confirmable whether gates were passed by force here and a second person is asked to confirm that
     */
    public record Cell(
            String environment,
            String version,
            String digest,
            String image,
            Look health,
            Moment since,
            String by,
            String note,
            boolean held,
            List<String> waits,
            String from,
            boolean approvable,
            boolean confirmable) {
        private static final int DIGITS = 12;

        /** Whether something runs there. */
        public boolean runs() {
            return !image.isEmpty();
        }

        /** Whether somebody should look at it. */
        public boolean attention() {
            return runs() && health.attention() || held || confirmable || !waits.isEmpty();
        }

        static Cell of(
                String environment, String before, boolean approvers, boolean forced, Matrix.Cell cell, Instant now) {
            String hex = cell.digest().substring(cell.digest().indexOf(':') + 1);
            return new Cell(
                    environment,
                    cell.version(),
                    hex.substring(0, Math.min(DIGITS, hex.length())),
                    cell.digest(),
                    Look.ofHealth(cell.health()),
                    cell.since().isEmpty() ? null : Moment.of(Instant.parse(cell.since()), now),
                    cell.by(),
                    cell.note(),
                    cell.held(),
                    cell.waits().stream().map(Advice::inJenkins).toList(),
                    cell.waits().isEmpty() ? "" : before,
                    approvers && !cell.waits().isEmpty() && !before.isEmpty(),
                    forced);
        }
    }

    /** What came onto an environment's branch, newest first. */
    public record History(String environment, List<Change> changes) {
        public record Change(String commit, String whole, Moment at, String by, String subject) {}
    }
}
