package io.imaas.plan.gate;

import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Refuses what would bring something new to a tenant or a service that goes. */
public final class OffboardingGate {
    /** Before the day: whoever may open gates by force may open it. */
    private static final String GRACE = "offboarding";

    /** From the day on: nobody may, for there is nothing left that it could run in. */
    private static final String OVER = "offboarded";

    private OffboardingGate() {}

    /**
     * For a release or a promotion: closed as soon as there is a tombstone; empty where there is none.
     *
     * @param subject what it is checked for, such as {@code order-api -> prod}
     */
    public static Optional<Gate> of(Platform platform, Tenant tenant, Service service, String subject, Instant now) {
        Offboarding tombstone = tenant.offboardingOf(service);
        return tombstone.isPlanned() ? Optional.of(gate(platform, tenant, service, subject, now)) : Optional.empty();
    }

    /** For a rollback, which is the way out while it still runs: closed from the day on. */
    public static Optional<Gate> ofRollback(
            Platform platform, Tenant tenant, Service service, String subject, Instant now) {
        return of(platform, tenant, service, subject, now).filter(OffboardingGate::isOver);
    }

    /** Whether a gate says that the day has come. */
    public static boolean isOver(Gate gate) {
        return gate.name().equals(OVER);
    }

    private static Gate gate(Platform platform, Tenant tenant, Service service, String subject, Instant now) {
        Offboarding tombstone = tenant.offboardingOf(service);
        boolean whole = tombstone.equals(tenant.offboarding());
        String who = whole ? "tenant " + tenant.name() : service.name() + " of tenant " + tenant.name();
        String key = whole ? "offboarding" : "services[" + service.name() + "].offboarding";
        String mend = "take " + key + " away from tenants/" + tenant.name() + ".yaml";
        LocalDate today = platform.dayOf(now);
        return tombstone.isDue(today)
                ? Gate.closed(
                        OVER,
                        subject,
                        who + " is offboarded since " + tombstone.from() + ": " + tombstone.reason(),
                        mend + " and onboard again")
                : Gate.closed(
                        GRACE,
                        subject,
                        who + " goes on " + tombstone.from() + " (" + platform.zoneName()
                                + ") and gets nothing new until then: " + tombstone.reason(),
                        mend + "; a rollback is possible without");
    }
}
