package io.imaas.app.view;

import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.BrokenTenant;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong in the platform's own files, as they were read last.
 *
 * @param platform why they could not be read at all, so that everybody is served as before; empty when they could
 * @param tenants whose own files have errors
 */
public record Faults(Optional<Failure> platform, List<BrokenTenant> tenants) {
    public Faults {
        tenants = List.copyOf(tenants);
    }

    /** How many tenants are served as before, or are left out. */
    public long count(boolean kept) {
        return tenants.stream().filter(one -> one.kept() == kept).count();
    }
}
