package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.imaas.jenkins.agent.AgentWork;
import io.imaas.jenkins.agent.Sources;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.run.StepKind;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.PublishImage;
import io.imaas.port.Clock;
import io.imaas.run.DueStep;
import io.imaas.run.Outcome;
import io.imaas.run.Replanner;
import io.imaas.run.RetryPolicy;
import io.imaas.run.Scheduler;
import io.imaas.run.StepResults;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Executes one planned step in the workspace of an agent, an attempt at a time as the {@link Scheduler} says. An attempt
 * that a restart cut off is made again: the same bytes come of it.
 */
final class AgentExecution extends ResumableExecution {
    private static final long serialVersionUID = 1L;

    /** Most steps on small projects take less than a second; whoever takes longer is not asked that often. */
    private static final Duration SOON = Duration.ofMillis(10);

    private static final Duration LATER = Duration.ofMillis(100);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    /** How long an agent may be away after a restart. */
    private static final Duration AWAY = Duration.ofMinutes(10);

    private final StepKind kind;
    private final String id;
    private transient PlannedWork planned;
    private transient PlannedStep step;
    private transient Scheduler scheduler;
    private transient volatile Future<Outcome> remote;
    private transient Instant attempted;
    private transient Instant missedSince;

    AgentExecution(@NonNull StepContext context, StepKind kind, String id) {
        super(context);
        this.kind = kind;
        this.id = id;
    }

    @Override
    void work() throws IOException, InterruptedException {
        if (scheduler == null) {
            begin();
        }
        Future<Outcome> sent = remote;
        if (sent != null && !sent.isDone()) {
            again(attempted.plus(SHORT).isAfter(clock().now()) ? SOON : LATER);
            return;
        }
        if (take(sent)) {
            scheduler.ended(step, outcome(sent));
        }
        Optional<Instant> due = scheduler.dueAt();
        if (due.isEmpty()) {
            ended();
        } else if (due.get().isAfter(clock().now())) {
            again(Duration.between(clock().now(), due.get()));
        } else {
            attempt();
        }
    }

    @Override
    String underWay() {
        return remote == null ? "" : step.title();
    }

    private static Clock clock() {
        return PlatformWorld.get().clock();
    }

    private void begin() throws IOException, InterruptedException {
        PlannedWork found = PlannedWork.find(new PlansOfBuild(run()), kind, id);
        planned = found;
        step = onlyStep();
        scheduler = remembered(
                found.plan(),
                new Scheduler(
                        found.groups(),
                        found.plan().results(),
                        clock(),
                        new EventPrinter(found.plan(), log()),
                        RetryPolicy.DEFAULT,
                        Replanner.NONE));
    }

    /** Sends one attempt to the agent, or asks for another turn while the agent is away. */
    private void attempt() throws IOException, InterruptedException {
        FilePath workspace = workspace();
        if (workspace == null) {
            again(RECONNECT);
            return;
        }
        Tenant tenant = planned.plan().tenant().orElseThrow();
        identity().requireTenant(tenant.name().value());
        if (step instanceof PublishImage) {
            identity().requireOwnCode();
        }
        KnownLogins logins = step instanceof PublishImage
                ? PlatformWorld.get().engine(tenant).pushLogin()
                : KnownLogins.none();
        workspace.mkdirs();
        DueStep due = scheduler.next(step.id()).orElseThrow();
        attempted = clock().now();
        remote = workspace.actAsync(new AgentWork(
                step,
                due.context().startedAt().orElse(attempted),
                earlier(planned.plan()),
                tenant.name().value(),
                logins,
                testServers(),
                required(EnvVars.class),
                sources(planned.plan(), step),
                mark(),
                required(TaskListener.class)));
        again(SOON);
    }

    /**
     * The same after a restart: by it an agent finds what is left of the work before. Other controllers may have a build of
     * the same name on the same machine.
     */
    private String mark() throws IOException, InterruptedException {
        return Jenkins.get().getLegacyInstanceId() + "/" + run().getExternalizableId() + "/"
                + required(FlowNode.class).getId();
    }

    private FilePath workspace() throws IOException, InterruptedException {
        FilePath workspace = null;
        try {
            workspace = getContext().get(FilePath.class);
        } catch (IOException away) {
            if (missedSince == null) {
                log().println("The agent is away: " + away.getMessage());
            }
        }
        Instant now = Instant.now();
        missedSince = workspace != null ? null : missedSince == null ? now : missedSince;
        if (missedSince != null && missedSince.plus(AWAY).isBefore(now)) {
            throw new IOException("the agent did not come back within " + AWAY.toMinutes() + " minutes");
        }
        return workspace;
    }

    private PlannedStep onlyStep() {
        List<PlannedStep> steps = planned.groups().stream()
                .flatMap(group -> group.steps().stream())
                .toList();
        if (steps.size() != 1) {
            throw FailureException.input(
                    "the plan has " + steps.size() + " steps for " + kind.function(),
                    planned.plan().plan().title(),
                    "say which one: id: '" + planned.plan().number() + "/…'");
        }
        return steps.get(0);
    }

    private static Map<String, Outcome> earlier(KeptPlan plan) {
        Map<String, Outcome> earlier = new HashMap<>();
        StepResults results = plan.results();
        plan.plan().steps().forEach(step -> results.outcome(step.id())
                .ifPresent(outcome -> earlier.put(step.id(), outcome)));
        return earlier;
    }

    /** Only where an image is named after the sources must they be the planned ones: a merge of a pull request is none. */
    private static Sources sources(KeptPlan plan, PlannedStep step) {
        String path = step instanceof BuildArtifact build ? build.path() : "";
        return plan.plan()
                .steps()
                .filter(PublishImage.class::isInstance)
                .map(PublishImage.class::cast)
                .filter(image -> step instanceof BuildArtifact && image.build().equals(step.id()))
                .findFirst()
                .map(image -> new Sources(path, image.tree()))
                .orElse(new Sources(path, null));
    }

    private static List<String> testServers() {
        String servers = ImaasConfiguration.get().getTestServers();
        return servers.isEmpty() ? List.of() : Arrays.asList(servers.split("\\s+"));
    }

    private void ended() throws IOException, InterruptedException {
        Outcome outcome = planned.plan().results().outcome(step.id()).orElseThrow();
        if (kind == StepKind.TEST) {
            TestResults.record(getContext(), run(), log());
        }
        Verdict.mark(step, outcome, getContext());
        Optional<Failure> failure = Verdict.hardStop(step, outcome);
        if (failure.isPresent()) {
            fail(new StepFailed(List.of(failure.get())));
        } else {
            end(OutcomeView.of(outcome));
        }
    }

    private static Outcome outcome(Future<Outcome> remote) throws IOException, InterruptedException {
        try {
            return remote.get();
        } catch (CancellationException e) {
            throw new InterruptedException("the work on the agent was cancelled");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof FailureException failure) {
                return Outcome.failed(failure.failure());
            }
            throw new IOException("the agent could not do it: " + cause, cause);
        }
    }

    /** Whether the caller is the one who tells how it ended. */
    private synchronized boolean take(Future<Outcome> sent) {
        boolean first = sent != null && sent == remote;
        if (first) {
            remote = null;
        }
        return first;
    }

    /** Whoever stops a step ends its work on the agent too, and the reports say so. */
    @Override
    void letGo() {
        Future<Outcome> sent = remote;
        if (take(sent)) {
            sent.cancel(true);
            scheduler.interrupt();
            scheduler.ended(step, Outcome.failed(Scheduler.interruption(step)));
        }
    }
}
