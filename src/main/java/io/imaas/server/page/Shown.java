package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What somebody may see, and what of it they want to see now.
 *
 * @param views those of the visitor's tenants
 * @param offers what the reader may do about them
 * @param filter words that names must have; empty: everything
 * @param page from 0
 */
public record Shown(List<TenantView> views, Offers offers, String filter, int page, Instant now) {
    /** How many rows a page has. */
    static final int ROWS = 100;

    public Shown {
        views = List.copyOf(views);
    }

    /** Those whose name, or a service's name, has every word of the filter. */
    List<TenantView> fitting() {
        String[] words = filter.toLowerCase(Locale.ROOT).strip().split("\\s+");
        return filter.isBlank()
                ? views
                : views.stream().filter(view -> fits(view, words)).toList();
    }

    private static boolean fits(TenantView view, String[] words) {
        StringBuilder names = new StringBuilder(view.tenant().name().value());
        names.append(' ').append(view.tenant().displayName().toLowerCase(Locale.ROOT));
        view.tenant().services().forEach(service -> names.append(' ').append(service.name()));
        for (String word : words) {
            if (names.indexOf(word) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The part of a list that this page has. */
    <T> List<T> part(List<T> all) {
        int from = Math.min(all.size(), page * ROWS);
        return all.subList(from, Math.min(all.size(), from + ROWS));
    }
}
