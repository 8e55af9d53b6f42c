package io.imaas.app.view;

import io.imaas.app.Imaas;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Matrix.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the newest scans forbid in releases that run, for pages: the registry is asked for each image, and scans are made once a
 * day, so it is asked again after some minutes and not after each event.
 */
public final class RecentWeaknesses {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Map<TenantName, Told> known = new ConcurrentHashMap<>();

    private record Told(Instant at, List<Notice> notices) {}

    /** @return as {@link io.imaas.app.Overview#weaknesses} */
    public List<Notice> of(Imaas imaas, Tenant tenant) {
        Told last = known.get(tenant.name());
        Instant now = imaas.ports().clock().now();
        if (last == null || !now.isBefore(last.at().plus(FRESH))) {
            last = new Told(now, imaas.overview(tenant).weaknesses(Optional.empty()));
            known.put(tenant.name(), last);
        }
        return last.notices();
    }
}
