package io.imaas.catalog;

import io.imaas.model.tenancy.Stop;

/** The keys that stop promotions: in {@code platform.yaml}, of a tenant, of a service. */
final class StopFields {
    private StopFields() {}

    static Stop read(Section section, Findings findings) {
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
}
