package io.imaas.catalog;

import io.imaas.model.tenancy.Offboarding;
import java.time.LocalDate;

/** The tombstones of a tenant's file: the tenant's own, and those of single services. */
final class OffboardingFields {
    private static final String KEY = "offboarding";

    private final Findings findings;
    private final Offboarding ofTenant;

    OffboardingFields(Section tenant, Findings findings) {
        this.findings = findings;
        this.ofTenant = read(tenant);
    }

    Offboarding ofTenant() {
        return ofTenant;
    }

    Offboarding ofService(Section service) {
        Offboarding own = read(service);
        if (own.isPlanned() && ofTenant.isDue(own.from())) {
            findings.warning(
                    "useless-offboarding",
                    service.at(KEY),
                    "the service's 'offboarding' does nothing: its tenant goes on " + ofTenant.from() + " already",
                    "choose an earlier day for the service, or remove it");
        }
        return own;
    }

    /** A tombstone of whatever the section is about. */
    static Offboarding read(Section section) {
        Section tombstone = section.section(KEY);
        return tombstone
                .value("from", "bad-date", Times::day)
                .map(Located::value)
                .map((LocalDate from) -> new Offboarding(from, tombstone.word("reason")))
                .orElse(Offboarding.NONE);
    }
}
