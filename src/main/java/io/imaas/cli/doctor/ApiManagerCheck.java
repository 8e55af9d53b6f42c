package io.imaas.cli.doctor;

import io.imaas.adapter.apim.WsoServiceCatalog;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Secrets;
import io.imaas.port.ServiceCatalog.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Whether each API manager knows our login and lets us see its service catalog; nothing is written. */
record ApiManagerCheck(Catalog catalog, Secrets secrets) implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        ApiManagerPolicy policy = catalog.platform().onboarding().apiManager();
        Set<String> asked = new LinkedHashSet<>();
        try (WsoServiceCatalog services = new WsoServiceCatalog(secrets, false)) {
            for (Tenant tenant : catalog.tenants()) {
                for (Environment environment : tenant.environments()) {
                    String url = policy.urlOf(environment.name());
                    if (policy.lists(environment.name()) && asked.add(url)) {
                        services.keep(
                                new Place(
                                        url,
                                        policy.credential(),
                                        catalog.platform().name() + "."),
                                List.of());
                    }
                }
            }
        }
        return asked.isEmpty()
                ? CheckResult.skipped("no tenant has an environment whose APIs are listed", "add one")
                : CheckResult.ok("knows our login and shows its service catalog: " + String.join(", ", asked));
    }
}
