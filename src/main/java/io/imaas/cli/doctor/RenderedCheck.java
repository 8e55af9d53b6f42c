package io.imaas.cli.doctor;

import io.imaas.app.Imaas;
import io.imaas.app.RenderedState;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether a tenant's environments run what their branches want, made with the chart that the platform names. */
record RenderedCheck(Imaas imaas, Tenant tenant) implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        List<String> found = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        for (RenderedState state : imaas.overview(tenant).rendered()) {
            if (!state.behind().isEmpty()) {
                found.add(state.environment() + " does not run what its branch wants of " + state.behind());
                fixes.add("imaas review " + state.environment() + " --tenant " + tenant.name());
            }
            if (state.otherChart()) {
                found.add(state.environment() + " has another chart than the platform names");
                fixes.add("imaas promote --chart " + state.environment() + " --tenant " + tenant.name());
            }
        }
        return found.isEmpty()
                ? CheckResult.ok("what runs is what the branches want")
                : CheckResult.warn(String.join("\n", found), String.join("\n", fixes));
    }
}
