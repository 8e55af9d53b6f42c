package io.imaas.jenkins.agent;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.imaas.app.assembly.Assembly;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.Clock;
import io.imaas.run.Event;
import io.imaas.run.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.Replanner;
import io.imaas.run.RetryPolicy;
import io.imaas.run.Runner;
import io.imaas.run.Scheduler;
import io.imaas.run.StepResults;
import java.io.File;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** One planned step, done in a workspace. Everything it needs travels with it; it asks the controller nothing. */
public final class AgentWork extends MasterToSlaveFileCallable<Outcome> {
    private static final long serialVersionUID = 1L;

    private final PlannedStep step;
    private final HashMap<String, Outcome> earlier;
    private final String tenant;
    private final KnownLogins logins;
    private final List<String> testServers;
    private final HashMap<String, String> environment;
    private final Sources sources;
    private final String mark;
    private final TaskListener listener;

    /**
     * @param earlier how the steps before it ended
     * @param testServers {@code host:port}; empty: what the agent's environment names
     * @param environment of the Pipeline step
     * @param sources what must be checked out
     * @param mark tells this work from any other, and is the same when it is done again
     * @param listener takes the lines of the build's log
     */
    public AgentWork(
            PlannedStep step,
            Map<String, Outcome> earlier,
            String tenant,
            KnownLogins logins,
            List<String> testServers,
            Map<String, String> environment,
            Sources sources,
            String mark,
            TaskListener listener) {
        this.step = step;
        this.earlier = new HashMap<>(earlier);
        this.tenant = tenant;
        this.logins = logins;
        this.testServers = List.copyOf(testServers);
        this.environment = new HashMap<>(environment);
        this.sources = sources;
        this.mark = mark;
        this.listener = listener;
    }

    @Override
    public Outcome invoke(File workspace, VirtualChannel channel) throws InterruptedException {
        Leftovers.end(mark);
        sources.requireCheckedOut(workspace.toPath());
        environment.put(Leftovers.VARIABLE, mark);
        StepResults results = new StepResults();
        earlier.forEach(results::put);
        AgentRunners runners = new AgentRunners(workspace.toPath(), tenant, logins, testServers, environment);
        try (Lifeline ignored = Lifeline.to(channel)) {
            Clock clock = Assembly.systemClock();
            EventSink events = printer();
            new Runner(runners.all(), clock, events, RetryPolicy.DEFAULT)
                    .drive(new Scheduler(
                            List.of(StepGroup.of(step)), results, clock, events, RetryPolicy.DEFAULT, Replanner.NONE));
            return results.outcome(step.id()).orElseThrow();
        }
    }

    private EventSink printer() {
        PrintStream log = listener.getLogger();
        return event -> {
            if (event instanceof Event.StepLogged logged) {
                log.println("  " + logged.line());
            } else if (event instanceof Event.StepRetried retried) {
                log.println(retried.failure().sentence() + "; again in "
                        + retried.delay().toSeconds() + " s");
            }
        };
    }
}
