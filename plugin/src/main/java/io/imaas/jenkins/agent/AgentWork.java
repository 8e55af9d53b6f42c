package io.imaas.jenkins.agent;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.AttemptContext;
import io.imaas.run.DueStep;
import io.imaas.run.Outcome;
import io.imaas.run.StepResults;
import java.io.File;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.security.Roles;
import org.jenkinsci.remoting.RoleChecker;

/**
 * One attempt at a planned step, in a workspace. Everything it needs travels with it; it asks the controller nothing.
 *
 * @param begun since when the step is being done, attempts before this one included
 * @param earlier how the steps before it ended
 * @param testServers {@code host:port}; empty: what the agent's environment names
 * @param environment of the Pipeline step
 * @param sources what must be checked out
 * @param mark tells this work from any other, and is the same when it is done again
 * @param listener takes the lines of the build's log
 */
public record AgentWork(
        PlannedStep step,
        Instant begun,
        Map<String, Outcome> earlier,
        String tenant,
        KnownLogins logins,
        List<String> testServers,
        Map<String, String> environment,
        Sources sources,
        String mark,
        TaskListener listener)
        implements FilePath.FileCallable<Outcome> {
    public AgentWork {
        earlier = Map.copyOf(earlier);
        testServers = List.copyOf(testServers);
        environment = Map.copyOf(environment);
    }

    /** Sent to agents alone: none of them can have the controller do it. */
    @Override
    public void checkRoles(RoleChecker checker) {
        checker.check(this, Roles.SLAVE);
    }

    @Override
    public Outcome invoke(File workspace, VirtualChannel channel) throws InterruptedException {
        Leftovers.end(mark);
        sources.requireCheckedOut(workspace.toPath());
        Map<String, String> marked = new HashMap<>(environment);
        marked.put(Leftovers.VARIABLE, mark);
        StepResults results = new StepResults();
        earlier.forEach(results::put);
        AgentRunners runners = new AgentRunners(workspace.toPath(), tenant, logins, testServers, marked);
        PrintStream log = listener.getLogger();
        try (Lifeline ignored = Lifeline.to(channel)) {
            return new DueStep(
                            step,
                            new AttemptContext(
                                    step.id(), results, begun, new HashMap<>(), line -> log.println("  " + line)))
                    .attempt(runners.all());
        }
    }
}
