package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * The job in a tenant's folder that promotes, approves, rolls back and resumes what a person asks for. Whoever starts it is the one who
 * acts: the plan checks them, and the build is what remains of it.
 */
public final class JobOfHand {
    public static final String PROMOTE = "promote";
    public static final String ROLL_BACK = "rollback";

    /** What people say to what a promotion would bring, or to what came by force. */
    public static final List<String> WORDS = List.of("approve", "refuse", "withdraw", "confirm");

    /** What people read. */
    public static final String TITLE = "Promote, approve, roll back, resume";

    /** No service can have this name: underscores are not for them. */
    static final String NAME = "by_hand";

    private static final List<String> ACTIONS = Stream.concat(
                    Stream.concat(Stream.of(PROMOTE), WORDS.stream()), Stream.of(ROLL_BACK, "resume"))
            .toList();

    private static final String CALL = "imaasPipeline(";

    private static final String SCRIPT =
            """
            @Library('imaas') _
            imaasPipeline(intent: params.action, services: params.service, service: params.service, from: params.from,
                to: params.to, environment: params.to, onTo: params.onTo, release: params.release, image: params.image,
                version: params.version, as: params.as, reason: params.reason)
            """;

    private JobOfHand() {}

    /** The job of a tenant's folder, whoever asks. */
    public static Optional<WorkflowJob> find(AbstractFolder<?> folder) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return folder.getItem(NAME) instanceof WorkflowJob job ? Optional.of(job) : Optional.empty();
        }
    }

    /** Whether a job is one. */
    static boolean is(WorkflowJob job) {
        return job.getName().equals(NAME)
                && job.getDefinition() instanceof CpsFlowDefinition definition
                && definition.getScript().contains(CALL);
    }

    /** Makes it, or brings its script and its choices up to date; everything else that people changed in it stays. */
    static Effect ensure(Folder folder, Tenant tenant) throws IOException {
        String fullName = folder.getFullName() + "/" + NAME;
        Item found = folder.getItem(NAME);
        if (found instanceof WorkflowJob job) {
            boolean same = job.getDefinition() instanceof CpsFlowDefinition script
                    && script.getScript().equals(SCRIPT);
            if (!offer(job, tenant) && same) {
                return Effect.unchanged("job", fullName);
            }
            define(job);
            return Effect.updated("job", fullName, "has the script and the choices of this version");
        }
        if (found != null) {
            throw FailureException.input("there is something else of this name", fullName, "rename it");
        }
        WorkflowJob job = folder.createProject(WorkflowJob.class, NAME);
        job.setDisplayName(TITLE);
        job.addProperty(new ParametersDefinitionProperty(parameters(tenant)));
        define(job);
        return Effect.created("job", fullName, "promotes, approves, rolls back and resumes by hand");
    }

    /** Brings what can be chosen up to date. Returns whether anything was. */
    private static boolean offer(WorkflowJob job, Tenant tenant) throws IOException {
        ParametersDefinitionProperty known = job.getProperty(ParametersDefinitionProperty.class);
        if (known == null) {
            return false;
        }
        List<ParameterDefinition> parameters = new ArrayList<>(known.getParameterDefinitions());
        boolean changed = false;
        for (ParameterDefinition wanted : parameters(tenant)) {
            ParameterDefinition old = known.getParameterDefinition(wanted.getName());
            if (old != null && wanted instanceof ChoiceParameterDefinition choice && !same(old, choice)) {
                parameters.set(parameters.indexOf(old), choice);
                changed = true;
            }
        }
        if (changed) {
            job.removeProperty(known);
            job.addProperty(new ParametersDefinitionProperty(parameters));
        }
        return changed;
    }

    private static boolean same(ParameterDefinition old, ChoiceParameterDefinition wanted) {
        return old instanceof ChoiceParameterDefinition choice
                && choice.getChoices().equals(wanted.getChoices());
    }

    private static ParameterDefinition action() {
        return new ChoiceParameterDefinition(
                "action",
                ACTIONS.toArray(String[]::new),
                "Promote a release; say yes or no to a promotion, or take that back; confirm, as a second person, what came"
                        + " by force; bring an earlier release back, or lift its hold");
    }

    private static void define(WorkflowJob job) throws IOException {
        try {
            job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
        } catch (Descriptor.FormException e) {
            throw new IOException(e);
        }
        job.save();
    }

    private static List<ParameterDefinition> parameters(Tenant tenant) {
        List<String> services = tenant.services().stream()
                .map(service -> service.name().value())
                .toList();
        List<String> environments = tenant.environments().stream()
                .map(environment -> environment.name().value())
                .toList();
        return List.of(
                action(),
                choice("service", services, "The service; promote: empty for all that run in the environment"),
                choice("from", environments, "Promote: the environment that has the release"),
                choice("to", environments, "The environment that gets it"),
                choice(
                        "onTo",
                        environments,
                        "Promote: the environment to go on to by itself, through all in between; empty: no further"),
                text("release", "Roll back: digest or version; empty for the one before"),
                text(
                        "as",
                        "Approve, refuse, withdraw: the approver that you count as, such as @acme/release-managers; empty: what fits you"),
                text("reason", "For the audit log; of a refusal, why"));
    }

    /** Nothing is chosen until somebody does. */
    private static ParameterDefinition choice(String name, List<String> choices, String description) {
        return new ChoiceParameterDefinition(
                name, Stream.concat(Stream.of(""), choices.stream()).toArray(String[]::new), description);
    }

    private static ParameterDefinition text(String name, String description) {
        StringParameterDefinition definition = new StringParameterDefinition(name, "", description);
        definition.setTrim(true);
        return definition;
    }

    /**
     * Starts it in the name of the one who asks, whose right to do so the caller has checked.
     *
     * @return false when the job takes no builds
     */
    public static boolean start(
            WorkflowJob job, String action, String service, String from, String to, String release, String reason) {
        ParametersAction parameters = new ParametersAction(
                new StringParameterValue("action", action),
                new StringParameterValue("service", service),
                new StringParameterValue("from", from),
                new StringParameterValue("to", to),
                new StringParameterValue("release", release),
                new StringParameterValue("reason", reason));
        return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause()), parameters) != null;
    }
}
