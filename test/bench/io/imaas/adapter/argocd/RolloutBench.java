package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.api.ApplicationDocument;
import io.imaas.adapter.argocd.api.ApplicationReader;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.Health;
import io.imaas.adapter.argocd.sim.BenchServer;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From 'the application became healthy' to 'the pipeline knows', and calls per rollout, against what pipelines do without
 * us: each polls its application every 5 s. Both in one run against the same server.
 */
@Tag("bench")
class RolloutBench {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final int WARM_UP_SECONDS = 8;
    private static final int EVENTS_PER_SECOND = 67;
    /** All that the server has; the rollouts are of some of them. */
    private static final int APPLICATIONS = 5_000;

    @Test
    void knowingAgainstPolling() throws Exception {
        System.out.println(
                "concurrent | p50 ms ours / polling | p99 ms ours / polling | calls per rollout ours / polling");
        for (int rollouts : new int[] {1, 50, 500}) {
            long[] ours;
            int oursCalls;
            try (BenchServer server = new BenchServer(APPLICATIONS)) {
                ours = ours(server, rollouts);
                oursCalls = server.calls();
            }
            long[] polled;
            int polledCalls;
            try (BenchServer server = new BenchServer(APPLICATIONS)) {
                polled = polling(server, rollouts);
                polledCalls = server.calls();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%10d | %8.1f / %8.1f | %8.1f / %8.1f | %6.1f / %6.1f | %.0f times sooner%n",
                    rollouts,
                    at(ours, 0.5),
                    at(polled, 0.5),
                    at(ours, 0.99),
                    at(polled, 0.99),
                    (double) oursCalls / rollouts,
                    (double) polledCalls / rollouts,
                    at(polled, 0.5) / at(ours, 0.5));
        }
    }

    private static double at(long[] nanos, double share) {
        long[] sorted = nanos.clone();
        java.util.Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }

    /** One application after the other becomes healthy, in random order, over two seconds. */
    private static void heal(BenchServer server, int count, AtomicLongArray healed) throws InterruptedException {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        Collections.shuffle(order);
        for (int i : order) {
            healed.set(i, System.nanoTime());
            server.heal(i);
            TimeUnit.MICROSECONDS.sleep(2_000_000L / count);
        }
    }

    private static ArgoCdDeployments deployments(BenchServer server) {
        return new ArgoCdDeployments(
                ArgoCdSettings.of(new ServerSettings(server.url(), new Secret("t"), "")),
                new Ancestry(url -> {
                    throw new IllegalStateException("no repository");
                }),
                new SystemClock());
    }

    private static RolloutTarget target(int i) {
        return new RolloutTarget(
                null,
                null,
                null,
                "p",
                BenchServer.name(i),
                null,
                "",
                new CommitId(BenchServer.COMMIT),
                new ImageRef(ImageRepository.parse(BenchServer.IMAGE), BenchServer.DIGEST),
                Duration.ofMinutes(10),
                null,
                null);
    }

    private static long[] ours(BenchServer server, int count) throws Exception {
        AtomicLongArray healed = new AtomicLongArray(count);
        long[] took = new long[count];
        CountDownLatch all = new CountDownLatch(count);
        try (ArgoCdDeployments deployments = deployments(server)) {
            for (int i = 0; i < count; i++) {
                int mine = i;
                deployments.watch(target(i), () -> {
                    if (deployments.follow(target(mine)) instanceof RolloutStatus.Ended ended && took[mine] == 0) {
                        if (ended.outcome().verdict() != Verdict.LIVE) {
                            System.out.println(ended);
                        }
                        took[mine] = System.nanoTime() - healed.get(mine);
                        all.countDown();
                    }
                });
            }
            heal(server, count, healed);
            if (!all.await(60, TimeUnit.SECONDS)) {
                System.out.println("only " + (count - all.getCount()) + " of " + count + " ended");
            }
        }
        return took;
    }

    private static long[] polling(BenchServer server, int count) throws Exception {
        AtomicLongArray healed = new AtomicLongArray(count);
        long[] took = new long[count];
        CountDownLatch all = new CountDownLatch(count);
        List<ScheduledFuture<?>> polls = new ArrayList<>();
        ScheduledExecutorService pipelines = Executors.newScheduledThreadPool(Math.min(count, 64));
        try (ArgoCdClient client =
                new ArgoCdClient(new ServerSettings(server.url(), new Secret("t"), ""), new SystemClock())) {
            for (int i = 0; i < count; i++) {
                int mine = i;
                Runnable poll = () -> {
                    ApplicationDocument read =
                            client.once("poll", client.api().application(BenchServer.name(mine), null, "p", null));
                    ApplicationView view = ApplicationReader.view(read);
                    if (view.health() == Health.HEALTHY && took[mine] == 0) {
                        took[mine] = System.nanoTime() - healed.get(mine);
                        all.countDown();
                        throw new IllegalStateException("done");
                    }
                };
                long first = ThreadLocalRandom.current().nextLong(POLL.toMillis());
                polls.add(pipelines.scheduleAtFixedRate(poll, first, POLL.toMillis(), TimeUnit.MILLISECONDS));
            }
            heal(server, count, healed);
            if (!all.await(60, TimeUnit.SECONDS)) {
                System.out.println(polls.stream().filter(poll -> !poll.isDone()).count() + " polls never ended");
            }
        } finally {
            pipelines.shutdownNow();
        }
        return took;
    }

    /** Ten thousand applications, five hundred waiting, nothing but what the server does by itself. */
    @Test
    void memoryThreadsAndProcessorWhileIdle() throws Exception {
        int applications = 10_000;
        int waiting = 500;
        Runtime runtime = Runtime.getRuntime();
        // The server's own data is in this process too: what it holds is measured before we begin.
        try (BenchServer server = new BenchServer(applications);
                ArgoCdDeployments deployments = deployments(server)) {
            long before = used(runtime);
            for (int i = 0; i < waiting; i++) {
                deployments.follow(target(i));
            }
            TimeUnit.SECONDS.sleep(15);
            long held = used(runtime) - before;
            long peakThreads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("argocd"))
                    .count();
            long busy = busy();
            // Every application is compared every two and a half minutes: that many events come even when nobody does
            // anything.
            for (int tick = 0; tick < 30 * EVENTS_PER_SECOND; tick++) {
                server.touch(waiting + tick % (applications - waiting));
                TimeUnit.MICROSECONDS.sleep(1_000_000 / EVENTS_PER_SECOND);
            }
            double share = (busy() - busy) / 30e9;
            System.out.printf(
                    Locale.ROOT,
                    "%d applications, %d waiting: %d MiB held, %d threads, %.2f %% of a core while idle%n",
                    applications,
                    waiting,
                    held >> 20,
                    peakThreads,
                    share * 100);
        }
    }

    private static long used(Runtime runtime) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Processor time of our own threads. */
    private static long busy() {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("argocd"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
                .sum();
    }
}
