package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.source.BuildIdentity;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.Work;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.run.Scheduler;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A Pipeline step's work on the controller: in turns on a shared pool, holding no thread in between. After a restart it
 * begins anew, which is right because everything it does is idempotent. Keeps nothing but texts and numbers.
 */
abstract class ResumableExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** How often a log that is silent otherwise tells that something goes on. */
    private static final Duration PACE = Duration.ofSeconds(30);

    private static final Logger LOGGER = Logger.getLogger(ResumableExecution.class.getName());

    /** When this step was started, by the controller's clock. */
    private final Instant since = PlatformWorld.get().clock().now();

    private transient Future<?> planned;
    private transient Future<?> telling;
    private transient Thread worker;
    private transient boolean wanted;
    private transient volatile boolean over;

    ResumableExecution(@NonNull StepContext context) {
        super(context);
    }

    /** One turn. It ends the step by {@link #end}, or asks for another by {@link #again}. */
    abstract void work() throws Exception;

    /** What is being done right now, for a log that would be silent for minutes; empty while nothing is. */
    String underWay() {
        return "";
    }

    @Override
    public boolean start() {
        wake();
        tellLater(Instant.now());
        return false;
    }

    @Override
    public void onResume() {
        wake();
        tellLater(Instant.now());
    }

    private synchronized void tellLater(Instant from) {
        long pace = SystemProperties.getLong(ResumableExecution.class.getName() + ".paceMillis", PACE.toMillis());
        if (!over) {
            telling = Work.later(() -> tellUnderWay(from), Duration.ofMillis(pace));
        }
    }

    private void tellUnderWay(Instant from) {
        String what = underWay();
        try {
            if (!what.isEmpty() && !over) {
                long seconds = Duration.between(from, Instant.now()).toSeconds();
                log().println(what + ": under way, " + seconds + " s so far");
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "nobody is told", e);
        }
        tellLater(from);
    }

    /** Another turn after a while, unless somebody wakes it before. */
    final synchronized void again(Duration delay) {
        if (over) {
            return;
        }
        if (planned != null) {
            planned.cancel(false);
        }
        planned = Work.later(this::wake, delay);
    }

    /** Another turn now, or as soon as the present one ends; from any thread. */
    final synchronized void wake() {
        if (worker != null) {
            wanted = true;
        } else if (!over) {
            Work.soon(this::takeTurn);
        }
    }

    private void takeTurn() {
        synchronized (this) {
            if (over || worker != null) {
                wanted = !over;
                return;
            }
            worker = Thread.currentThread();
            wanted = false;
        }
        try {
            work();
        } catch (Throwable e) {
            refuse(e);
        } finally {
            endTurn();
        }
    }

    /** What breaks because the step was stopped, or the controller is, says nothing about the step. */
    private void refuse(Throwable e) {
        if (over || Work.isOver()) {
            LOGGER.log(Level.FINE, "cut off", e);
        } else if (e instanceof FailureException known) {
            tell(known.failure());
            fail(new StepFailed(List.of(known.failure())));
        } else {
            fail(e);
        }
    }

    /** On the build's page: what planned steps do is there anyway, but this is of a step that could not begin. */
    private void tell(Failure failure) {
        try {
            new PlansOfBuild(run()).addFailure(failure);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the build's page won't say: " + failure.sentence(), e);
        }
    }

    private void endTurn() {
        boolean ended;
        synchronized (this) {
            worker = null;
            // Somebody may have stopped the step and interrupted this thread, which others will use.
            Thread.interrupted();
            ended = over;
            if (wanted && !ended) {
                Work.soon(this::takeTurn);
            }
        }
        if (ended) {
            // Also what it took hold of in the very moment in which somebody stopped it.
            letGo();
        }
    }

    final void end(Object result) {
        if (last()) {
            getContext().onSuccess(result);
        }
    }

    final void fail(Throwable cause) {
        if (last()) {
            getContext().onFailure(cause);
        }
    }

    /** Whether the caller is the first to end the step. */
    private synchronized boolean last() {
        boolean first = !over;
        over = true;
        if (telling != null) {
            telling.cancel(false);
        }
        return first;
    }

    final boolean isOver() {
        return over;
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        synchronized (this) {
            if (worker != null) {
                worker.interrupt();
            }
            if (planned != null) {
                planned.cancel(false);
            }
        }
        fail(cause);
        letGo();
    }

    /** Ends what the step has going elsewhere; called when it is over, perhaps more than once. */
    void letGo() {
        // nothing
    }

    final Run<?, ?> run() throws IOException, InterruptedException {
        return required(Run.class);
    }

    final BuildIdentity identity() throws IOException, InterruptedException {
        return BuildIdentity.of(run());
    }

    /** What this very step did before a restart is neither done nor told again. */
    final Scheduler remembered(KeptPlan plan, Scheduler scheduler) {
        return plan.remembered(scheduler, since);
    }

    final PrintStream log() throws IOException, InterruptedException {
        return required(TaskListener.class).getLogger();
    }

    final <T> T required(Class<T> type) throws IOException, InterruptedException {
        T found = getContext().get(type);
        if (found == null) {
            throw new AbortException("there is no " + type.getSimpleName() + " here");
        }
        return found;
    }
}
