package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.run.StepKind;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundSetter;

/** A Pipeline step that executes planned steps of the build's plan. */
public abstract class EngineStep extends Step {
    private String id = "";

    /** {@code plan/step}, or {@code plan} for all that this step can do in it; empty: in the newest plan that has any. */
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = Util.fixNull(id).trim();
    }

    /** What its descriptors share. */
    public abstract static class Kind extends StepDescriptor {
        private final StepKind kind;
        private final String displayName;

        protected Kind(StepKind kind, String displayName) {
            this.kind = kind;
            this.displayName = displayName;
        }

        @Override
        public String getFunctionName() {
            return kind.function();
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return displayName;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }

    /** What the descriptors of steps share that work on checked-out sources. */
    public abstract static class AgentKind extends Kind {
        protected AgentKind(StepKind kind, String displayName) {
            super(kind, displayName);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class);
        }
    }
}
