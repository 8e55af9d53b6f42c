package io.imaas.jenkins.run;

import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.plan.Plan;
import io.imaas.plan.step.RunUnitTests;
import jenkins.model.Jenkins;

/** Which of the library's pod templates a plan needs. */
final class Pods {
    /** By name, so that the Kubernetes plugin need not be there. */
    private static final String CLOUD = "org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud";

    private Pods() {}

    /** The template's name; empty where no cloud makes pods: then any agent will do. */
    static String forPlan(Plan plan) {
        boolean cloud = Jenkins.get().clouds.stream()
                .anyMatch(one -> one.getClass().getName().equals(CLOUD));
        if (!cloud) {
            return "";
        }
        boolean server = ImaasConfiguration.get().getTestServers().isEmpty()
                && plan.steps()
                        .anyMatch(step -> step instanceof RunUnitTests tests
                                && tests.servers().isEmpty());
        return server ? "mi-build-and-test" : "mi-build";
    }
}
