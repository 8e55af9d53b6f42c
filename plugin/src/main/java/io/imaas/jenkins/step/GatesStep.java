package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.model.failure.Failure;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
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
            List<Failure> refusals = PlansOfBuild.of(run()).get(id).plan().refusals();
            if (refusals.isEmpty()) {
                end(null);
            } else {
                fail(new StepFailed(refusals));
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "imaasGates";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "IMaaS: end where a gate is closed";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
