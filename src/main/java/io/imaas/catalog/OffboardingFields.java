package io.imaas.catalog;

import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Stop;
import java.time.LocalDate;
import java.util.List;

/** What ends or stops: the tombstones of a tenant's file: the tenant's own, and those of single services. */
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

    /**
     * @param path the tenant's
     * @param through the environments of the path that the service takes
     */
    Offboarding ofService(Section service, List<Located<Environment>> path, List<EnvironmentName> through) {
        Offboarding own = read(service);
        path.stream()
                .map(Located::value)
                .filter(environment -> environment.offboarding().isPlanned())
                .filter(environment ->
                        !ofTenant.orEarlier(own).isDue(environment.offboarding().from()))
                .filter(environment -> through.indexOf(environment.name()) >= 0
                        && through.indexOf(environment.name()) < through.size() - 1)
                .forEach(environment -> mustBeLeftOut(service, environment, through));
        if (own.isPlanned() && ofTenant.isDue(own.from())) {
            findings.warning(
                    "useless-offboarding",
                    service.at(KEY),
                    "the service's 'offboarding' does nothing: its tenant goes on " + ofTenant.from() + " already",
                    "choose an earlier day for the service, or remove it");
        }
        return own;
    }

    private void mustBeLeftOut(Section service, Environment gone, List<EnvironmentName> through) {
        List<EnvironmentName> without =
                through.stream().filter(name -> !name.equals(gone.name())).toList();
        findings.warning(
                "path-offboarded",
                service.at("name"),
                "the service's path leads through '" + gone.name() + "', which goes on "
                        + gone.offboarding().from() + ": after that nothing is promoted to '"
                        + through.get(through.indexOf(gone.name()) + 1) + "'",
                "on that day, write its path without it: environments: " + without);
    }

    /** The keys that stop promotions: of the platform, of a tenant, of a service. */
    static Stop stop(Section section, Findings findings) {
        String reason = section.word("stopTheLine");
        String by = section.word("stoppedBy");
        if (reason.isEmpty() && !by.isEmpty()) {
            findings.warning(
                    "useless-stopped-by",
                    section.at("stoppedBy"),
                    "'stoppedBy' does nothing without 'stopTheLine'",
                    "say why the line is stopped, or remove it");
        }
        return reason.isEmpty() ? Stop.NONE : new Stop(reason, by);
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
