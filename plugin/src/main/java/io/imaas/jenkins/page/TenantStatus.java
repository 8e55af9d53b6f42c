package io.imaas.jenkins.page;

import io.imaas.app.GitOpsPlans;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.TenantEngine;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.report.Matrix;
import java.time.Duration;
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
        Matrix matrix = new GitOpsPlans(engine.engine(), engine.catalog(), Duration.ZERO).status(tenant);
        GitRepository repository = engine.engine().gitops().apply(tenant);
        Map<EnvironmentName, List<Commit>> history = new LinkedHashMap<>();
        tenant.environments()
                .forEach(environment -> history.put(
                        environment.name(),
                        repository.history(environment.name().branch(), "", COMMITS)));
        return new TenantStatus(matrix, history);
    }
}
