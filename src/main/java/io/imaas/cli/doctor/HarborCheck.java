package io.imaas.cli.doctor;

import io.imaas.adapter.harbor.HarborSpaces;
import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.Secrets;
import java.util.List;
import java.util.function.Supplier;

/** Whether Harbor knows our login and lets us see tenants' projects; what needs a write shows when it is made. */
record HarborCheck(Catalog catalog, Secrets secrets) implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        List<Tenant> some = catalog.tenants().stream().limit(1).toList();
        try (HarborSpaces spaces = new HarborSpaces(secrets, false, false)) {
            for (Tenant tenant : some) {
                Applied seen = spaces.find(
                                catalog.platform().onboarding().registry(),
                                catalog.imagesOf(tenant),
                                catalog.platform().name() + "/" + tenant.name())
                        .orElseThrow()
                        .ensure();
                if (!seen.failures().isEmpty()) {
                    Failure failure = seen.failures().get(0);
                    return CheckResult.fail(failure.what() + " (" + failure.where() + ")", failure.suggestion());
                }
            }
        }
        return some.isEmpty()
                ? CheckResult.skipped("there is no tenant to look for", "add one")
                : CheckResult.ok(
                        "it knows our login, and the project of " + some.get(0).name() + " can be kept");
    }
}
