package io.imaas.jenkins.step;

import hudson.Extension;
import hudson.Util;
import io.imaas.jenkins.plan.Wishes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasPlan}: what this build has to do. Reads Git and the registry on the controller; needs no agent. */
public final class PlanStep extends Step {
    private final TreeMap<String, String> said = new TreeMap<>();

    @DataBoundConstructor
    public PlanStep() {}

    /** As a Jenkinsfile calls it: what is not known is refused by the plan, with what was meant. */
    PlanStep(Map<String, ?> wishes) {
        wishes.forEach((key, value) -> said.put(key, Util.fixNull(Wishes.text(value))));
    }

    private String said(String key) {
        return said.getOrDefault(key, "");
    }

    private void say(String key, String value) {
        if (Util.fixEmptyAndTrim(value) == null) {
            said.remove(key);
        } else {
            said.put(key, value.trim());
        }
    }

    /** {@code review}, {@code onboard}, {@code promote}, {@code rollback}; empty: as branch and repository ask for. */
    public String getIntent() {
        return said("intent");
    }

    @DataBoundSetter
    public void setIntent(String intent) {
        say("intent", intent);
    }

    public String getService() {
        return said("service");
    }

    @DataBoundSetter
    public void setService(String service) {
        say("service", service);
    }

    public String getBuilder() {
        return said("builder");
    }

    @DataBoundSetter
    public void setBuilder(String builder) {
        say("builder", builder);
    }

    public String getTestServers() {
        return said("testServers");
    }

    @DataBoundSetter
    public void setTestServers(String testServers) {
        say("testServers", testServers);
    }

    /** Minutes that a rollout may take. */
    public String getTimeout() {
        return said("timeout");
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        say("timeout", timeout);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PlanExecution(context, Wishes.of(said));
    }

    @Extension
    public static final class DescriptorImpl extends NamedDescriptor {
        public DescriptorImpl() {
            super("imaasPlan", "IMaaS: plan what this build has to do");
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) {
            return new PlanStep(arguments);
        }

        @Override
        public Map<String, Object> defineArguments(Step step) {
            return new HashMap<>(((PlanStep) step).said);
        }
    }
}
