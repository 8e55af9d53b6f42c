package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** How a step is called in a Jenkinsfile and in the generator of snippets; it works on the controller, within a build. */
public abstract class NamedDescriptor extends StepDescriptor {
    private final String function;
    private final String words;

    protected NamedDescriptor(String function, String words) {
        this.function = function;
        this.words = words;
    }

    @Override
    public final String getFunctionName() {
        return function;
    }

    @NonNull
    @Override
    public final String getDisplayName() {
        return words;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }
}
