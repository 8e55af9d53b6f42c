package io.imaas.jenkins.page;

import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.TenantEngine;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.report.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant as Git has it.
 *
 * @param history by environment the newest commits of its branch
 */
record TenantStatus(Matrix matrix, Map<EnvironmentName, List<Commit>> history) {
    private static final int COMMITS = 10;

    static TenantStatus read(Tenant tenant) {
        TenantEngine engine = PlatformWorld.get().engine(tenant);
        // Nothing is rolled out here, so that nothing can take too long.
        Matrix matrix = engine.imaas().status(tenant);
        GitRepository repository = engine.imaas().ports().gitops(tenant);
        Map<EnvironmentName, List<Commit>> history = new LinkedHashMap<>();
        tenant.environments()
                .forEach(environment -> history.put(
                        environment.name(),
                        repository.history(environment.name().branch(), "", COMMITS)));
        return new TenantStatus(matrix, history);
    }
}
