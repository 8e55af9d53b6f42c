package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.source.BuildIdentity;
import io.imaas.jenkins.world.Work;
import io.imaas.model.FailureException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A Pipeline step's work on the controller: in turns on a shared pool, holding no thread in between. After a restart it
 * begins anew, which is right because everything it does is idempotent. Keeps nothing but texts and numbers.
 */
abstract class ResumableExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private transient Future<?> planned;
    private transient Thread worker;
    private transient boolean wanted;
    private transient volatile boolean over;

    ResumableExecution(@NonNull StepContext context) {
        super(context);
    }

    /** One turn. It ends the step by {@link #end}, or asks for another by {@link #again}. */
    abstract void work() throws Exception;

    @Override
    public boolean start() {
        wake();
        return false;
    }

    @Override
    public void onResume() {
        wake();
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
        } catch (FailureException e) {
            fail(new StepFailed(List.of(e.failure())));
        } catch (Throwable e) {
            fail(e);
        } finally {
            endTurn();
        }
    }

    private synchronized void endTurn() {
        worker = null;
        // Somebody may have stopped the step and interrupted this thread, which others will use.
        Thread.interrupted();
        if (wanted && !over) {
            Work.soon(this::takeTurn);
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
        stopped();
    }

    /** Lets go of what a stopped step holds. */
    void stopped() {
        // nothing
    }

    final Run<?, ?> run() throws IOException, InterruptedException {
        return required(Run.class);
    }

    final BuildIdentity identity() throws IOException, InterruptedException {
        return BuildIdentity.of(run());
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
