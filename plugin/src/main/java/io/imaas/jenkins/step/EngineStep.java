package io.imaas.jenkins.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.run.StepKind;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
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

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return ((Kind) getDescriptor()).execution(context, id);
    }

    /** What its descriptors share; steps on sources need a place where these are checked out. */
    public abstract static class Kind extends NamedDescriptor {
        private final StepKind kind;

        protected Kind(StepKind kind, String displayName) {
            super(kind.function(), displayName);
            this.kind = kind;
        }

        StepExecution execution(StepContext context, String id) {
            return kind.onSources()
                    ? new AgentExecution(context, kind, id)
                    : new ControllerExecution(context, kind, id);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return kind.onSources()
                    ? Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class)
                    : super.getRequiredContext();
        }
    }

    /** {@code imaasBuild}: makes the CAR of a service's MI project from the checked-out sources. */
    public static final class Build extends EngineStep {
        @DataBoundConstructor
        public Build() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.BUILD, "IMaaS: build the CAR");
            }
        }
    }

    /** {@code imaasCheck}: holds the CAR against the sources it was made from. */
    public static final class Check extends EngineStep {
        @DataBoundConstructor
        public Check() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.CHECK, "IMaaS: check the CAR against its sources");
            }
        }
    }

    /** {@code imaasTest}: runs the unit-test suites, and records their results with the build. */
    public static final class Test extends EngineStep {
        @DataBoundConstructor
        public Test() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.TEST, "IMaaS: run the MI unit tests");
            }
        }
    }

    /** {@code imaasImage}: makes the image and pushes what the registry lacks of it. */
    public static final class Image extends EngineStep {
        @DataBoundConstructor
        public Image() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.IMAGE, "IMaaS: make and push the image");
            }
        }
    }

    /** {@code imaasRelease}: commits the image's digest to the environment's branch. */
    public static final class Release extends EngineStep {
        @DataBoundConstructor
        public Release() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.RELEASE, "IMaaS: release to the first environment");
            }
        }
    }

    /** {@code imaasRollout}: waits, holding no executor, agent or thread, until the commit is live and healthy. */
    public static final class Rollout extends EngineStep {
        @DataBoundConstructor
        public Rollout() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.ROLLOUT, "IMaaS: wait until the release is live and healthy");
            }
        }
    }

    /** {@code imaasOnboard}: gives a tenant what it needs, as the plan of the platform repository says. */
    public static final class Onboard extends EngineStep {
        @DataBoundConstructor
        public Onboard() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.ONBOARD, "IMaaS: onboard a tenant");
            }
        }
    }

    /** {@code imaasComment}: tells a pull request how it fared, in one comment that is rewritten each time. */
    public static final class Comment extends EngineStep {
        @DataBoundConstructor
        public Comment() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.COMMENT, "IMaaS: tell the pull request");
            }
        }
    }

    /** {@code imaasSkip}: marks the enclosing stage as skipped, with the plan's reason. */
    public static final class Skip extends EngineStep {
        @DataBoundConstructor
        public Skip() {}

        @Extension
        public static final class DescriptorImpl extends Kind {
            public DescriptorImpl() {
                super(StepKind.SKIP, "IMaaS: show that a stage is not needed");
            }
        }
    }
}
