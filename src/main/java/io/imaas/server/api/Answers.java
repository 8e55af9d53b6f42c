package io.imaas.server.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaas.app.Audit;
import io.imaas.app.view.TenantView;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.AuditRow;
import io.imaas.report.Deployment;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import io.imaas.report.StandingPreview;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

public final class Answers {
    private Answers() {}

    /**
     * One part of a list.
     *
     * @param total how many there are in all
     * @param next ask with it as {@code offset} for what follows; null at the end
     */
    public record Tenants(List<TenantSummary> tenants, int total, Integer next) {}

    /**
     * @param waits how many things of each kind wait for somebody
     * @param readAt when this was so; null when it was not read yet
     * @param failure why it could not be read now; null when it could
     */
    public record TenantSummary(
            TenantName tenant,
            String displayName,
            List<String> owners,
            int services,
            Map<String, Long> waits,
            Instant readAt,
            String failure) {
        public static TenantSummary of(TenantView view) {
            Map<String, Long> waits = new TreeMap<>();
            view.inbox().forEach(item -> waits.merge(item.kind().name().toLowerCase(Locale.ROOT), 1L, Long::sum));
            return new TenantSummary(
                    view.tenant().name(),
                    view.tenant().displayName(),
                    view.tenant().owners(),
                    view.tenant().services().size(),
                    waits,
                    view.readAt(),
                    sentence(view.failure()));
        }
    }

    /** @param matrix null when the tenant was not read yet */
    public record Status(TenantName tenant, Instant readAt, String failure, Matrix matrix) {
        public static Status of(TenantView view) {
            return new Status(view.tenant().name(), view.readAt(), sentence(view.failure()), view.matrix());
        }
    }

    /**
     * How a command line logs in.
     *
     * @param issuer the identity provider; empty: only by a token that the administrators gave out
     * @param client as the provider knows command lines
     */
    public record CommandLine(String issuer, String client) {}

    /** @param missing what is missing before it is so; empty when it is */
    public record Reached(boolean reached, String missing) {}

    public record Faults(List<Fault> faults) {
        public static Faults of(io.imaas.app.view.Faults faults) {
            return new Faults(Stream.concat(
                            faults.platform().stream()
                                    .map(why -> new Fault(
                                            null, true, why.where().toString(), why.what(), why.suggestion())),
                            faults.tenants().stream().flatMap(broken -> broken.errors().stream()
                                    .map(error -> new Fault(
                                            broken.name(),
                                            broken.kept(),
                                            error.where().toString(),
                                            error.what(),
                                            error.fix()))))
                    .toList());
        }
    }

    /**
     * One error.
     *
     * @param tenant whose file it is in; null when it stops the whole platform from being read
     * @param served whether what the files said before is still served
     * @param where file, line and column, or the repository
     */
    public record Fault(String tenant, boolean served, String where, String what, String fix) {}

    public record Inbox(List<InboxItem> items, int total, Integer next) {}

    /** @param findings the gravest first */
    public record Drift(List<Audit.Finding> findings) {}

    public record Previews(List<StandingPreview> previews) {}

    /** @param changes newest first */
    public record History(List<AuditRow> changes) {}

    public record Deployments(List<Deployment> deployments, int total, Integer next) {}

    /**
     * @param next ask {@code after} it for what comes then: a number, or a text for who does not see all events
     * @param gap whether the position that was asked for is not one of an event that is kept: something may be missing
     *     between it and these, so that whoever follows reads the tenants anew
     */
    public record Events(List<Entry> events, Object next, boolean gap) {}

    /**
     * One event of the log as a CloudEvent.
     *
     * @param position null for who does not see all events
     */
    public record Entry(String specversion, Long position, String datacontenttype, @JsonUnwrapped CloudEvent event) {
        public Entry(StoredEvent stored, boolean withPosition) {
            this("1.0", withPosition ? stored.position() : null, "application/json", stored.event());
        }
    }

    private static String sentence(Failure failure) {
        return failure == null ? null : failure.sentence();
    }
}
