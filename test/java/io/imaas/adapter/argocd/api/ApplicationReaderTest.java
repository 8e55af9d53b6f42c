package io.imaas.adapter.argocd.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.Health;
import org.junit.jupiter.api.Test;

class ApplicationReaderTest {
    /** As Argo CD 3.5.1 lists a Job of an earlier sync's hook that Git no longer has. */
    @Test
    void aHookThatAnEarlierSyncLeftBehindIsNoWorkloadOfThisOne() throws Exception {
        String json =
                """
                {"metadata": {"name": "orders-dev-api", "resourceVersion": "7"},
                 "spec": {"project": "orders-dev", "source": {"repoURL": "u", "path": "api", "targetRevision": "dev"}},
                 "status": {"resources": [
                   {"group": "apps", "version": "v1", "kind": "Deployment", "namespace": "d", "name": "api",
                    "status": "Synced", "health": {"status": "Healthy"}},
                   {"group": "batch", "version": "v1", "kind": "Job", "namespace": "d", "name": "migrate", "hook": true,
                    "health": {"status": "Degraded", "message": "Job has reached the specified backoff limit"}}]}}
                """;
        ApplicationView view = read(json);

        assertThat(view.workloads()).extracting(Resource::title).containsExactly("Deployment api");
        assertThat(view.resources()).isEqualTo(2);
    }

    /** As Argo CD 3.5.1 says where there is no metrics server. */
    @Test
    void anAutoscalerWithoutMeasurementsIsToldAndSaysNothingOfThePods() throws Exception {
        String json =
                """
                {"metadata": {"name": "orders-dev-api", "resourceVersion": "7"},
                 "spec": {"project": "orders-dev", "source": {"repoURL": "u", "path": "api", "targetRevision": "dev"}},
                 "status": {"health": {"status": "Degraded"}, "resources": [
                   {"group": "apps", "version": "v1", "kind": "Deployment", "namespace": "d", "name": "api",
                    "status": "Synced", "health": {"status": "%s"}},
                   {"group": "autoscaling", "version": "v2", "kind": "HorizontalPodAutoscaler", "namespace": "d",
                    "name": "api", "status": "Synced", "health": {"status": "Degraded", "message": "no metrics"}}]}}
                """;

        ApplicationView view = read(json.formatted("Healthy"));

        assertThat(view.health()).isEqualTo(Health.HEALTHY);
        assertThat(view.unfinished())
                .extracting(Resource::line)
                .containsExactly("HorizontalPodAutoscaler api: Degraded (no metrics)");
        assertThat(read(json.formatted("Degraded")).health()).isEqualTo(Health.DEGRADED);
    }

    /** As Argo CD 3.5.1 tells of an adopted application: nothing differs, so nothing is synced from the new repository. */
    @Test
    void theSyncOfAnotherRepositorySaysNothingOfThisOne() throws Exception {
        String json =
                """
                {"metadata": {"name": "orders-dev-api", "resourceVersion": "7"},
                 "spec": {"project": "orders-dev", "source": {"repoURL": "new", "path": "api", "targetRevision": "dev"}},
                 "status": {"operationState": {"phase": "Succeeded", "finishedAt": "2026-12-01T02:25:04Z",
                   "syncResult": {"revision": "b1694668e828756c914136d0034ff6a6efc66536", "source": {"repoURL": "%s"}}}}}
                """;

        assertThat(read(json.formatted("old")).operation()).isNull();
        assertThat(read(json.formatted("new")).operation()).isNotNull();
    }

    private static ApplicationView read(String json) throws Exception {
        return ApplicationReader.view(JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .readValue(json, ApplicationDocument.class));
    }
}
