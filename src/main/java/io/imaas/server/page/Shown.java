package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.report.InboxItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What somebody may see, and what of it they want to see now.
 *
 * @param views those of the visitor's tenants
 * @param all what waits in them and, for those who see all, in the platform's own files
 * @param offers what the reader may do about them
 * @param filter words that names must have; empty: everything
 * @param page from 0
 */
public record Shown(List<TenantView> views, List<InboxItem> all, Offers offers, String filter, int page, Instant now) {
    /** How many rows a page has. */
    static final int ROWS = 50;

    public Shown {
        views = List.copyOf(views);
        all = List.copyOf(all);
    }

    /** Those whose name, or a service's name, has every word of the filter. */
    List<TenantView> fitting() {
        return filter.isBlank() ? views : views.stream().filter(this::fits).toList();
    }

    private boolean fits(TenantView view) {
        StringBuilder names = new StringBuilder(view.tenant().name().value());
        names.append(' ').append(view.tenant().displayName());
        view.tenant().services().forEach(service -> names.append(' ').append(service.name()));
        return fits(names.toString());
    }

    /** Whether a text has every word of the filter, in whatever case. */
    boolean fits(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        return Stream.of(filter.toLowerCase(Locale.ROOT).strip().split("\\s+")).allMatch(words::contains);
    }

    /** What waits and fits the filter by its own tenant and service, the most urgent first. */
    List<InboxItem> waiting() {
        return all.stream()
                .filter(item -> fits(item.place() + " " + (item.service() == null ? "" : item.service())))
                .sorted(Comparator.comparing(InboxItem::kind)
                        .thenComparing(InboxItem::since, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    /** The part of a list that this page has. */
    <T> List<T> part(List<T> all) {
        int from = Math.min(all.size(), page * ROWS);
        return all.subList(from, Math.min(all.size(), from + ROWS));
    }
}
