package io.imaas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the ready pods of a namespace ten times a second. */
public final class ReadyPods implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> counting;

    public ReadyPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        counting = thread.scheduleAtFixedRate(
                () -> fewest.accumulateAndGet(now(), Math::min), 0, 100, TimeUnit.MILLISECONDS);
    }

    public int now() {
        return (int) all().stream().filter(ReadyPods::ready).count();
    }

    /**
     * Waits until exactly so many pods are there, all ready.
     *
     * @param image that each of them runs; empty: any
     */
    public void await(int count, String image) throws InterruptedException {
        List<Pod> pods = all();
        for (int i = 0; i < 1200 && !areAll(count, image, pods); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            pods = all();
        }
        assertThat(areAll(count, image, pods))
                .as(count + " pods with " + image + ": " + pods)
                .isTrue();
    }

    private static boolean areAll(int count, String image, List<Pod> pods) {
        return pods.size() == count
                && pods.stream()
                        .allMatch(pod -> ready(pod)
                                && pod.getSpec()
                                        .getContainers()
                                        .get(0)
                                        .getImage()
                                        .contains(image));
    }

    private List<Pod> all() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    /** Since this began. */
    public int fewest() {
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
