package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.StepKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that asks for something by hand: its parameters are named texts, which the application reads and checks. */
abstract class ByHandStep extends Step {
    private final TreeMap<String, String> texts = new TreeMap<>();

    ByHandStep(String intent) {
        texts.put("intent", intent);
    }

    final String text(String name) {
        return texts.getOrDefault(name, "");
    }

    final void text(String name, String value) {
        texts.put(name, Util.fixNull(value).trim());
    }

    @Override
    public final StepExecution start(StepContext context) {
        return new PlanningExecution(context, StepKind.PROMOTE, Wishes.of(Map.copyOf(texts)), false);
    }

    /** How it is known in a Jenkinsfile. */
    abstract static class Kind extends StepDescriptor {
        private final String function;
        private final String words;

        Kind(String function, String words) {
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
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
