package io.imaas.jenkins.page;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import io.imaas.jenkins.job.JobOfHand;
import io.imaas.jenkins.page.BackgroundValue.Reading;
import io.imaas.model.tenancy.EnvironmentName;
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

    /** That the tenant or services of it are offboarded, when and why. */
    public List<String> getTombstones() {
        return tenant.tombstones();
    }

    /** Why it could not be read; empty: it could. */
    public String getFailure() {
        return reading.failure();
    }

    /** Whether somebody is still reading it for the first time. */
    public boolean isPending() {
        return reading.never();
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

    public List<RowView> getRows() {
        return matrix().map(matrix -> matrix.rows().stream()
                        .map(row -> RowView.of(tenant, matrix, row, now))
                        .toList())
                .orElse(List.of());
    }

    /** By environment, what came onto its branch. */
    public List<HistoryView> getHistory() {
        List<HistoryView> history = new ArrayList<>();
        if (reading.value() != null) {
            reading.value()
                    .history()
                    .forEach((environment, commits) -> history.add(new HistoryView(
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

    private static HistoryView.Change change(Commit commit, Instant now) {
        return new HistoryView.Change(
                commit.id().abbreviated(),
                commit.id().value(),
                Moment.of(commit.at(), now),
                commit.actor(),
                commit.subject());
    }
}
