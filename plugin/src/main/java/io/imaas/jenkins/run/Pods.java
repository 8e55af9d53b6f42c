package io.imaas.jenkins.run;

import io.imaas.jenkins.config.BuildPods;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.plan.Plan;
import io.imaas.plan.step.RunUnitTests;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * What the pod of a plan is made of: the platform's choice, for the plan's own tenant.
 *
 * @param template of the library's pods; empty: any agent will do
 * @param images by container
 */
record Pods(String template, String namespace, Map<String, String> images, String mavenCache) {
    /** By name, so that the Kubernetes plugin need not be there. */
    private static final String CLOUD = "org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud";

    static final Pods NONE = new Pods("", "", Map.of(), "");

    /** None where no cloud makes pods. */
    static Pods forPlan(Plan plan, String tenant) {
        boolean cloud = Jenkins.get().clouds.stream()
                .anyMatch(one -> one.getClass().getName().equals(CLOUD));
        if (!cloud) {
            return NONE;
        }
        BuildPods configured = ImaasConfiguration.get().getBuildPods();
        boolean open = ImaasConfiguration.get().getTestServers().isEmpty()
                && plan.steps()
                        .anyMatch(step -> step instanceof RunUnitTests tests
                                && tests.servers().isEmpty());
        return of(configured == null ? new BuildPods() : configured, tenant, open);
    }

    /** @param open whether unit tests look for a server */
    static Pods of(BuildPods pods, String tenant, boolean open) {
        boolean server = open && !pods.getUnitTestImage().isEmpty();
        Map<String, String> images = new HashMap<>(Map.of("maven", pods.getMavenImage()));
        if (server) {
            images.put("mi", pods.getUnitTestImage());
        }
        return new Pods(
                server ? "mi-build-and-test" : "mi-build", pods.namespaceOf(tenant), images, pods.mavenCacheOf(tenant));
    }
}
