package io.imaas.jenkins.step;

import hudson.Extension;
import hudson.Util;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.StepKind;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that asks for something by hand: its parameters are named texts, which the application reads and checks. */
public abstract class ByHandStep extends Step {
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

    /** One of a service in an environment. */
    public abstract static class OfService extends ByHandStep {
        OfService(String intent, String service, String environment) {
            super(intent);
            text("service", service);
            text("environment", environment);
        }

        public String getService() {
            return text("service");
        }

        public String getEnvironment() {
            return text("environment");
        }
    }

    /** {@code imaasResume}: lifts the hold that a rollback set. */
    public static final class Resume extends OfService {
        @DataBoundConstructor
        public Resume(String service, String environment) {
            super("resume", service, environment);
        }

        @Extension
        public static final class DescriptorImpl extends NamedDescriptor {
            public DescriptorImpl() {
                super("imaasResume", "IMaaS: lift the hold that a rollback set");
            }
        }
    }

    /** {@code imaasRollback}: brings an earlier release back, and holds it there. */
    public static final class Rollback extends OfService {
        @DataBoundConstructor
        public Rollback(String service, String environment) {
            super("rollback", service, environment);
        }

        public String getTo() {
            return text("release");
        }

        @DataBoundSetter
        public void setTo(String to) {
            text("release", to);
        }

        public String getReason() {
            return text("reason");
        }

        @DataBoundSetter
        public void setReason(String reason) {
            text("reason", reason);
        }

        @Extension
        public static final class DescriptorImpl extends NamedDescriptor {
            public DescriptorImpl() {
                super("imaasRollback", "IMaaS: roll a service back to an earlier release");
            }
        }
    }
}
