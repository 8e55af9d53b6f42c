package io.imaas.jenkins.page;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Matrix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A service and its environments. */
public record RowView(String service, List<CellView> cells) {
    static RowView of(Tenant tenant, Matrix matrix, Matrix.Row row, Instant now) {
        List<CellView> cells = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            EnvironmentName environment = matrix.environments().get(i);
            cells.add(CellView.of(
                    environment.value(),
                    before(tenant, row, environment),
                    row.cells().get(i),
                    now));
        }
        return new RowView(row.service().value(), cells);
    }

    /** Where the service's releases come from on their way to an environment; services may leave environments out. */
    private static String before(Tenant tenant, Matrix.Row row, EnvironmentName environment) {
        List<EnvironmentName> path =
                tenant.service(row.service()).map(Service::environments).orElse(List.of());
        int at = path.indexOf(environment);
        return at < 1 ? "" : path.get(at - 1).value();
    }

    /** Whether somebody should look at it. */
    public boolean attention() {
        return cells.stream().anyMatch(CellView::attention);
    }
}
