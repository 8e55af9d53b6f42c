package io.imaas.adapter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.adapter.cel.PolicyCases.PolicyCase;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks a real API server again what it says to each case; {@code IMAAS_REAL_KUBECONFIG} names an admin's kubeconfig. */
@Tag("real")
class RealAdmissionTest {
    private static final String LABEL = "imaas.io/real-admission-test";

    private final String prefix = "adm" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient client;

    @BeforeEach
    void connect() throws IOException {
        client = RealServer.kubernetes();
    }

    @AfterEach
    void leaveNothing() {
        if (client == null) {
            return;
        }
        for (String kind : List.of("ValidatingAdmissionPolicyBinding", "ValidatingAdmissionPolicy")) {
            client.genericKubernetesResources("admissionregistration.k8s.io/v1", kind)
                    .withLabel(LABEL, prefix)
                    .delete();
        }
        client.namespaces().withLabel(LABEL, prefix).delete();
        client.close();
    }

    @Test
    void theApiServerSaysWhatTheCasesSay() throws InterruptedException {
        Map<PolicyCase, String> found = new LinkedHashMap<>();
        PolicyCases.all().forEach(one -> found.put(one, made(one) ? "" : "no policy"));
        // The server takes policies and their parameters up some seconds later: whatever differs is asked again.
        Instant end = Instant.now().plus(Duration.ofSeconds(40));
        Thread.sleep(6000);
        do {
            found.replaceAll((one, said) -> said.equals(one.real()) || said.equals("no policy") ? said : said(one));
        } while (!isAsTheCasesSay(found) && Instant.now().isBefore(end));

        assertThat(found)
                .allSatisfy((one, said) -> assertThat(said).as(one.name()).isEqualTo(one.real()));
    }

    private static boolean isAsTheCasesSay(Map<PolicyCase, String> found) {
        return found.entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(entry.getKey().real()));
    }

    private boolean made(PolicyCase one) {
        String name = namespace(one);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(LABEL, prefix)
                        .addToLabels("imaas.io/tenant", "orders")
                        .endMetadata()
                        .build())
                .create();
        try {
            one.documents(name).stream()
                    .filter(document -> !String.valueOf(document).contains(name + "-other"))
                    .forEach(document -> apply(document, name));
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void apply(Map<String, Object> document, String namespace) {
        GenericKubernetesResource object =
                client.getKubernetesSerialization().convertValue(document, GenericKubernetesResource.class);
        object.getMetadata().setLabels(Map.of(LABEL, prefix, "for", "policies"));
        if (object.getKind().equals("ConfigMap")) {
            client.genericKubernetesResources("v1", "ConfigMap")
                    .inNamespace(namespace)
                    .resource(object)
                    .create();
        } else {
            client.genericKubernetesResources(object.getApiVersion(), object.getKind())
                    .resource(object)
                    .create();
        }
    }

    private String namespace(PolicyCase one) {
        return prefix + "-" + one.name();
    }

    private String said(PolicyCase one) {
        try {
            client.genericKubernetesResources("apps/v1", "Deployment")
                    .inNamespace(namespace(one))
                    .resource(client.getKubernetesSerialization()
                            .convertValue(one.object(), GenericKubernetesResource.class))
                    .dryRun()
                    .create();
            return "allowed";
        } catch (KubernetesClientException e) {
            return e.getStatus().getMessage().replaceFirst("(?s).* denied request: ", "");
        }
    }
}
