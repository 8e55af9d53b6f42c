package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.model.failure.Failure;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasGates}: ends the build with what the closed gates say; does nothing where all are open. */
public final class GatesStep extends Step {
    private final String id;

    @DataBoundConstructor
    public GatesStep(String id) {
        this.id = id;
    }

    /** The plan's id. */
    public String getId() {
        return id;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, id);
    }

    private static final class Execution extends ResumableExecution {
        private static final long serialVersionUID = 1L;

        private final String id;

        Execution(@NonNull StepContext context, String id) {
            super(context);
            this.id = id;
        }

        @Override
        void work() throws Exception {
            List<Failure> refusals = new PlansOfBuild(run()).get(id).plan().refusals();
            if (refusals.isEmpty()) {
                end(null);
            } else {
                fail(new StepFailed(refusals));
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends NamedDescriptor {
        public DescriptorImpl() {
            super("imaasGates", "IMaaS: end where a gate is closed");
        }
    }
}
