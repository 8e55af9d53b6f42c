package io.imaas.server;

import io.imaas.app.Imaas;
import io.imaas.app.access.Visitor;
import io.imaas.app.hub.Hub;
import io.imaas.app.request.Known;
import io.imaas.app.request.Questions;
import io.imaas.app.request.Questions.Question;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Faults;
import io.imaas.app.view.TenantView;
import io.imaas.app.view.Views;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.Tracing;
import io.imaas.report.InboxItem;
import io.imaas.report.PeriodReport;
import io.imaas.report.StandingPreview;
import io.imaas.server.Problems.HttpProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the server shows and takes.
 *
 * @param facts about the orchestrator itself, by their names, as they are now
 * @param defects hears what should not have happened
 */
public record Served(
        Hub hub,
        Views views,
        Requests requests,
        Clock clock,
        Tracing tracing,
        Supplier<Map<String, String>> facts,
        Telemetry telemetry,
        Consumer<Throwable> defects) {
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** What is measured inside is measured by nobody, and defects are printed. */
    public Served(
            Hub hub,
            Views views,
            Requests requests,
            Clock clock,
            Tracing tracing,
            Supplier<Map<String, String>> facts) {
        this(hub, views, requests, clock, tracing, facts, new Telemetry(), Throwable::printStackTrace);
    }

    /** The tenants that somebody may see. */
    List<TenantView> visible(Visitor visitor) {
        return views.all().stream().filter(view -> visitor.sees(view.tenant())).toList();
    }

    /** What waits in the tenants that somebody may see and, for those who see all, in the platform's files. */
    List<InboxItem> waiting(Visitor visitor) {
        return Stream.concat(
                        visible(visitor).stream().flatMap(view -> view.inbox().stream()),
                        hub.platform().filter(known -> visitor.seesAll()).stream()
                                .flatMap(known -> Imaas.inbox(known.platform(), clock.now(), "").stream()))
                .toList();
    }

    /** What is wrong in the platform's files: of their own tenants, and all of it for those who see all. */
    Faults faults(Visitor visitor) {
        Faults all = views.faults();
        if (visitor.seesAll()) {
            return all;
        }
        Set<String> seen = visible(visitor).stream()
                .map(view -> view.tenant().name().value())
                .collect(Collectors.toSet());
        return new Faults(
                Optional.empty(),
                all.tenants().stream()
                        .filter(broken -> seen.contains(broken.name()))
                        .toList());
    }

    /** Those events that somebody may see. What concerns no tenant is for those who see all. */
    List<StoredEvent> visible(Visitor visitor, List<StoredEvent> events) {
        return events.stream()
                .filter(stored ->
                        visitor.seesAll() || isOf(visitor, stored.event().tenant()))
                .toList();
    }

    /**
     * One tenant that somebody may see.
     *
     * @throws HttpProblem 404; one that is somebody else's is as one that is not there
     */
    TenantView tenant(Visitor visitor, String name) {
        return visible(visitor).stream()
                .filter(view -> view.tenant().name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(404, "there is no tenant '" + name + "'", ""));
    }

    /** @throws HttpProblem 404 when the tenant has no such service */
    static Service service(TenantView view, String name) {
        return view.tenant().services().stream()
                .filter(service -> service.name().value().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new HttpProblem(404, "tenant " + view.tenant().name() + " has no service '" + name + "'", ""));
    }

    Questions questions() {
        return requests.questions();
    }

    /** The first moment after now for what Git tells: it knows seconds, and what happened in this one belongs to it. */
    Instant untilNow() {
        return clock.now().plusSeconds(1);
    }

    /** What is known of an answer, for whoever does not wait; it is read again after the tenant's view was, and now and then. */
    <T> Known<T> known(Question<T> question) {
        Instant from = clock.now().minus(FRESH);
        return questions()
                .known(
                        question,
                        views.of(question.tenant())
                                .map(TenantView::readAt)
                                .filter(from::isBefore)
                                .orElse(from));
    }

    /** All changes of a tenant in the last days, from Git and its signed records. */
    Question<PeriodReport> period(TenantView view, int days) {
        return questions()
                .of(
                        view.tenant().name(),
                        (imaas, tenant) ->
                                imaas.overview(tenant).period(untilNow().minus(Duration.ofDays(days)), untilNow()),
                        "period",
                        days);
    }

    /** The same of any period. */
    Question<PeriodReport> period(TenantView view, Instant since, Instant until) {
        return questions()
                .of(
                        view.tenant().name(),
                        (imaas, tenant) -> imaas.overview(tenant).period(since, until),
                        "period",
                        since,
                        until);
    }

    Question<List<StandingPreview>> previews(TenantView view) {
        return questions()
                .of(
                        view.tenant().name(),
                        (imaas, tenant) -> imaas.overview(tenant).previews(),
                        "previews");
    }

    /** All that is known of a release, as one signed file. */
    Question<String> evidence(Visitor visitor, TenantView view, EvidenceRequest wanted) {
        return questions()
                .of(
                        view.tenant().name(),
                        (imaas, tenant) -> imaas.overview(tenant).evidence(wanted, visitor.actor()),
                        visitor.actor(),
                        wanted);
    }

    private boolean isOf(Visitor visitor, String tenant) {
        return !tenant.isEmpty()
                && views.of(new TenantName(tenant))
                        .filter(view -> visitor.sees(view.tenant()))
                        .isPresent();
    }
}
