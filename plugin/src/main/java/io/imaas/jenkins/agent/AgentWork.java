package io.imaas.jenkins.agent;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import hudson.util.ProcessTree;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.AttemptContext;
import io.imaas.run.DueStep;
import io.imaas.run.Outcome;
import io.imaas.run.StepResults;
import java.io.File;
import java.io.IOException;
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

    /**
     * Programs that outlived the agent's process that started them: when an agent dies with its controller, nobody ends its
     * Maven, and the step that is done again would share the workspace with it.
     */
    private static final class Leftovers {
        /** In the environment of every program that a step starts; programs hand it down to their children. */
        static final String VARIABLE = "IMAAS_STEP";

        private Leftovers() {}

        /** @param mark of the step that begins now */
        static void end(String mark) throws InterruptedException {
            ProcessTree.get().killAll(Map.of(VARIABLE, mark));
        }
    }

    /**
     * Ends work on an agent that lost its controller: nobody will take the result, and when the controller is back it does
     * the work again. Interrupts the thread that made it, until it is closed.
     */
    private static final class Lifeline extends Channel.Listener implements AutoCloseable {
        private final Thread worker = Thread.currentThread();
        private final Channel channel;
        private boolean over;

        private Lifeline(Channel channel) {
            this.channel = channel;
        }

        /** @param channel to the controller; work in the controller's own process has none to lose */
        static Lifeline to(VirtualChannel channel) {
            Channel remote = channel instanceof Channel real ? real : null;
            Lifeline line = new Lifeline(remote);
            if (remote != null) {
                remote.addListener(line);
            }
            return line;
        }

        @Override
        public synchronized void onClosed(Channel closed, IOException cause) {
            if (!over) {
                worker.interrupt();
            }
        }

        @Override
        public synchronized void close() {
            over = true;
            if (channel != null) {
                channel.removeListener(this);
            }
        }
    }
}
