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

    private transient volatile Future<?> turn;
    private transient volatile boolean over;

    ResumableExecution(@NonNull StepContext context) {
        super(context);
    }

    /** One turn. It ends the step by {@link #end}, or asks for another by {@link #again}. */
    abstract void work() throws Exception;

    @Override
    public boolean start() {
        next(Duration.ZERO);
        return false;
    }

    @Override
    public void onResume() {
        next(Duration.ZERO);
    }

    /** Another turn after a while. */
    final void again(Duration delay) {
        next(delay);
    }

    private void next(Duration delay) {
        if (!over) {
            turn = delay.isZero() ? Work.soon(this::takeTurn) : Work.later(this::takeTurn, delay);
        }
    }

    private void takeTurn() {
        if (over) {
            return;
        }
        try {
            work();
        } catch (FailureException e) {
            fail(new StepFailed(List.of(e.failure())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (Throwable e) {
            fail(e);
        }
    }

    final void end(Object result) {
        if (!over) {
            over = true;
            getContext().onSuccess(result);
        }
    }

    final void fail(Throwable cause) {
        if (!over) {
            over = true;
            getContext().onFailure(cause);
        }
    }

    final boolean isOver() {
        return over;
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        boolean running = !over;
        over = true;
        Future<?> now = turn;
        if (now != null) {
            now.cancel(true);
        }
        stopped();
        if (running) {
            getContext().onFailure(cause);
        }
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
