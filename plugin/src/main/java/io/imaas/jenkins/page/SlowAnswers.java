package io.imaas.jenkins.page;

import hudson.Extension;
import hudson.ExtensionList;
import io.imaas.jenkins.world.Work;
import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What a page shows that servers must be asked for. Whoever looks waits a few seconds and no longer, however long a server
 * is silent; the work goes on, and whoever looks again finds its answer.
 */
@Extension
public final class SlowAnswers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Executor executor;
    private final Duration patience;
    private final Map<List<?>, CompletableFuture<?>> asked = new ConcurrentHashMap<>();

    public SlowAnswers() {
        this(Work::soon, PATIENCE);
    }

    SlowAnswers(Executor executor, Duration patience) {
        this.executor = executor;
        this.patience = patience;
    }

    static SlowAnswers get() {
        return ExtensionList.lookupSingleton(SlowAnswers.class);
    }

    /**
     * Waits a little.
     *
     * @param question the same for the same answer, whoever asks; the same questions are worked on once
     * @throws FailureException the work's own, or EXTERNAL when it is not there in time
     */
    @SuppressWarnings("unchecked") // who asks the same question wants the same kind of answer
    <T> T of(List<?> question, Supplier<T> work) {
        CompletableFuture<T> answer = (CompletableFuture<T>)
                asked.computeIfAbsent(question, key -> CompletableFuture.supplyAsync(work, executor));
        try {
            T found = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            asked.remove(question, answer);
            return found;
        } catch (ExecutionException e) {
            asked.remove(question, answer);
            throw e.getCause() instanceof FailureException known
                    ? known
                    : FailureException.defect(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            // Nobody may look again.
            CompletableFuture.delayedExecutor(KEPT.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> asked.remove(question, answer));
            throw FailureException.external(
                    "a server has not answered within " + patience.toSeconds() + " seconds",
                    "",
                    "load this page again: it is still asked",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", "", "load this page again", e);
        }
    }
}
