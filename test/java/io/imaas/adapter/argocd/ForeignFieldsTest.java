package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ForeignFieldsTest {
    private static final String OBJECT =
            """
            {"kind": "Deployment", "metadata": {"name": "order-api", "managedFields": [
              {"manager": "argocd-controller", "operation": "Update", "time": "2026-11-29T21:38:50Z",
               "fieldsV1": {"f:spec": {"f:replicas": {}}}},
              {"manager": "kube-controller-manager", "operation": "Update", "subresource": "status",
               "time": "2026-11-29T21:39:50Z", "fieldsV1": {"f:metadata": {"f:annotations": {}}, "f:status": {}}},
              {"manager": "autoscaler", "operation": "Update", "subresource": "scale",
               "time": "2026-11-29T21:39:50Z", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
              {"manager": "before", "operation": "Update", "time": "2026-11-29T20:00:00Z",
               "fieldsV1": {"f:spec": {"f:paused": {}}}},
              {"manager": "other-controller", "operation": "Update", "time": "%s", "fieldsV1": {"f:spec": {"f:template":
                {"f:spec": {"f:containers": {"k:{\\"name\\":\\"mi\\"}": {".": {}, "f:image": {}}}}}}}}]}}
            """;

    @Test
    void whoChangedTheSpecificationAfterArgoCdIsNamedWithTheFields() throws Exception {
        assertThat(ForeignFields.of(new ObjectMapper().readTree(OBJECT.formatted("2026-11-29T21:39:42Z"))))
                .containsExactly("Deployment order-api was changed by other-controller at 2026-11-29T21:39:42Z:"
                        + " spec.template.spec.containers[].image");
    }

    @Test
    void whatWasChangedBeforeExplainsNothing() throws Exception {
        assertThat(ForeignFields.of(new ObjectMapper().readTree(OBJECT.formatted("2026-11-29T21:00:00Z"))))
                .isEmpty();
    }
}
