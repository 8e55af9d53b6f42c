package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The tenants that a command is about: those that are named, or all. */
final class TenantArguments {
    @Parameters(arity = "0..*", paramLabel = "TENANT", description = "the tenants (none: all)")
    private List<String> names = List.of();

    /** Whether none is named. */
    boolean all() {
        return names.isEmpty();
    }

    /**
     * Those that can be worked with.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when the platform has no such tenant
     */
    List<Tenant> of(Imaas imaas) {
        return all()
                ? imaas.catalog().tenants()
                : names.stream()
                        .filter(name -> imaas.catalog().broken(name).isEmpty())
                        .map(name -> imaas.tenant(new TenantName(name)))
                        .toList();
    }

    /** Those whose files have errors. */
    List<BrokenTenant> broken(Catalog catalog) {
        return catalog.broken().stream()
                .filter(one -> all() || names.contains(one.name()))
                .toList();
    }
}
