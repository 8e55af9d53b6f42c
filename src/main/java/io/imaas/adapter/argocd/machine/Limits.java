package io.imaas.adapter.argocd.machine;

import java.time.Duration;

/**
 * How long each state of a rollout may last. All are well below a rollout's own timeout, which ends every state.
 *
 * @param denied a new project's rights take a moment to be known: a refused read is final after this
 * @param absent a new application takes a moment to appear
 * @param nudge between the first refresh and the second
 * @param stalled after which a commit that Argo CD still does not see asks for a hard refresh, and again each such time
 * @param skipped after which an application that syncs by itself and did not is synced by us
 * @param operation of one sync, then it is terminated
 * @param error a comparison error is final after this
 * @param degraded Degraded, or a failing pod, is final after this: a restarting pod may recover
 * @param progress from the end of the sync to health: Kubernetes' default progressDeadlineSeconds and a minute
 * @param unaffected after which a healthy application that does not run the image never will
 * @param probe after which a service that fails its probe is degraded, and one that does not let us ask is refused
 * @param look silence of the stream about this application, then it is read directly
 * @param lost without any answer of the server, then nothing is known
 * @param explain to collect the reasons of a failure
 */
public record Limits(
        Duration denied,
        Duration absent,
        Duration nudge,
        Duration stalled,
        Duration skipped,
        Duration operation,
        Duration error,
        Duration degraded,
        Duration progress,
        Duration unaffected,
        Duration probe,
        Duration look,
        Duration lost,
        Duration explain) {
    public static Limits defaults() {
        return new Limits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(45),
                Duration.ofSeconds(45),
                Duration.ofSeconds(660),
                Duration.ofSeconds(30),
                Duration.ofSeconds(90),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofSeconds(20));
    }
}
