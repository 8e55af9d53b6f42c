package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasStatus}: what of the build's tenant runs where, and what waits for whom. */
public final class StatusStep extends Step {
    @DataBoundConstructor
    public StatusStep() {
        // the tenant follows from the build
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context);
    }

    private static final class Execution extends ResumableExecution {
        private static final long serialVersionUID = 1L;

        Execution(@NonNull StepContext context) {
            super(context);
        }

        @Override
        void work() throws Exception {
            // Told with the tenant's credentials, to whoever reads the log.
            identity().requireOwnCode();
            Tenant tenant = identity().tenant();
            Matrix matrix =
                    PlatformWorld.get().engine(tenant).imaas().overview(tenant).status();
            log().print(MatrixText.of(matrix, Instant.now()));
            end(view(matrix));
        }

        private static List<Object> view(Matrix matrix) {
            List<Object> cells = new ArrayList<>();
            for (Matrix.Row row : matrix.rows()) {
                for (int i = 0; i < row.cells().size(); i++) {
                    Map<String, Object> view = Json.map(row.cells().get(i));
                    view.put("service", row.service().value());
                    view.put("environment", matrix.environments().get(i).value());
                    cells.add(view);
                }
            }
            return cells;
        }
    }

    @Extension
    public static final class DescriptorImpl extends NamedDescriptor {
        public DescriptorImpl() {
            super("imaasStatus", "IMaaS: what runs where");
        }
    }
}
