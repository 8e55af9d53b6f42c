package io.imaas.jenkins.page;

import io.imaas.app.view.RecentWeaknesses;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.TenantEngine;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant as Git has it.
 *
 * @param inbox what waits for whom, the most urgent first
 * @param history by environment the newest commits of its branch
 */
record TenantStatus(Matrix matrix, List<InboxItem> inbox, Map<EnvironmentName, List<Commit>> history) {
    private static final int COMMITS = 10;

    static TenantStatus read(Tenant tenant, RecentWeaknesses weaknesses) {
        TenantEngine engine = PlatformWorld.get().engine(tenant);
        // Nothing is rolled out here, so that nothing can take too long.
        Matrix matrix = engine.imaas().overview(tenant).status().noting(weaknesses.of(engine.imaas(), tenant));
        List<InboxItem> inbox = engine.imaas().inbox(List.of(tenant));
        GitRepository repository = engine.imaas().ports().gitops(tenant);
        Map<EnvironmentName, List<Commit>> history = new LinkedHashMap<>();
        tenant.environments()
                .forEach(environment -> history.put(
                        environment.name(),
                        repository.history(environment.name().branch(), "", COMMITS)));
        return new TenantStatus(matrix, inbox, history);
    }

    /** Whether gates were passed by force there, and a second person is asked to confirm that. */
    boolean forced(ServiceName service, EnvironmentName environment) {
        return inbox.stream()
                .anyMatch(item -> item.kind() == InboxItem.Kind.OVERRIDE
                        && service.equals(item.service())
                        && environment.equals(item.environment()));
    }
}
