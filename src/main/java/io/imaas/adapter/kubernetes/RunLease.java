package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.imaas.model.failure.FailureException;
import io.imaas.port.RunLock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A Lease in a namespace that every cluster has, so that all runs mean the same one, whatever their kubeconfigs say. It is
 * renewed while it is held, and runs out when its holder dies.
 */
final class RunLease implements RunLock {
    static final String NAME = "imaas-onboarding";
    static final String NAMESPACE = "default";

    private static final Duration RUNS_OUT = Duration.ofSeconds(30);
    private static final Duration GIVES_UP = Duration.ofSeconds(20);
    /** Between two renewals as well: what holds it for a minute asks the API server two dozen times. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String holder;

    /** @param who for people: what holds it */
    RunLease(KubernetesClient client, String who) {
        this.client = client;
        this.holder = who + " " + UUID.randomUUID();
    }

    @Override
    public Held hold(Duration patience) {
        // The elector tries again whatever is wrong; what a person has to put right is told at once.
        found();
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<?> election = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(NAME)
                        .withLock(new LeaseLock(NAMESPACE, NAME, holder))
                        .withLeaseDuration(RUNS_OUT)
                        .withRenewDeadline(GIVES_UP)
                        .withRetryPeriod(RETRY)
                        .withLeaderCallbacks(new LeaderCallbacks(held::countDown, () -> {}, who -> {}))
                        .build())
                .build()
                .start();
        try {
            if (held.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return () -> release(election);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release(election);
        throw FailureException.conflict(
                "another run is changing this platform: "
                        + found().map(this::words).orElse("nobody knows which"),
                "Lease " + NAMESPACE + "/" + NAME,
                "wait for it to end, then run it again");
    }

    /** The elector's own way leaves the holder's name there: the next run would take it for held, and look again seconds later. */
    private void release(CompletableFuture<?> election) {
        election.cancel(true);
        try {
            found().filter(lease -> holder.equals(lease.getSpec().getHolderIdentity()))
                    .ifPresent(lease -> client.resource(lease)
                            .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"metadata\": {\"resourceVersion\": \""
                                            + lease.getMetadata().getResourceVersion()
                                            + "\"}, \"spec\": {\"holderIdentity\": null}}"));
        } catch (KubernetesClientException | FailureException unreachable) {
            // Then it runs out.
            return;
        }
    }

    private Optional<Lease> found() {
        try {
            return Optional.ofNullable(
                    client.leases().inNamespace(NAMESPACE).withName(NAME).get());
        } catch (KubernetesClientException e) {
            throw ApiErrors.failure(
                    e, "Lease/" + NAMESPACE + "/" + NAME, client.getMasterUrl().toString());
        }
    }

    private String words(Lease lease) {
        return lease.getSpec().getHolderIdentity() + ", since "
                + lease.getSpec().getAcquireTime();
    }
}
