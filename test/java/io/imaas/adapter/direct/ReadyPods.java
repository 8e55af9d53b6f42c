package io.imaas.adapter.direct;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the ready pods of a namespace ten times a second. */
final class ReadyPods implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> counting;

    ReadyPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        counting = thread.scheduleAtFixedRate(
                () -> fewest.accumulateAndGet(now(), Math::min), 0, 100, TimeUnit.MILLISECONDS);
    }

    int now() {
        return (int) client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(ReadyPods::ready)
                .count();
    }

    /** Since this began. */
    int fewest() {
        // Who counts no more has found nothing.
        if (counting.isDone()) {
            throw new IllegalStateException("the pods could not be counted");
        }
        return fewest.get();
    }

    private static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
