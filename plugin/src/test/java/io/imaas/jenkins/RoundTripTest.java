package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.KubernetesServer;
import io.imaas.jenkins.config.RuntimeProbe;
import io.imaas.jenkins.run.StepKind;
import io.imaas.jenkins.step.PromoteStep;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Every form gives back what was put in. */
@SharedJenkins
class RoundTripTest {
    @Test
    void everyStepAndFieldHasHelpAndTheTableOfStepsIsWhole(JenkinsRule jenkins) {
        Set<String> seen = new TreeSet<>();
        for (StepDescriptor kind : StepDescriptor.all()) {
            if (kind.clazz.getName().startsWith("io.imaas.jenkins.")) {
                seen.add(kind.getFunctionName());
                assertThat(kind.clazz.getResource("/" + kind.clazz.getName().replaceAll("[.$]", "/") + "/help.html"))
                        .as(kind.getFunctionName())
                        .isNotNull();
                DescribableModel.of(kind.clazz).getParameters().forEach(field -> assertThat(
                                help(kind.clazz, field.getName()))
                        .as(kind.getFunctionName() + " " + field.getName())
                        .isTrue());
            }
        }
        assertThat(seen)
                .containsAll(
                        Arrays.stream(StepKind.values()).map(StepKind::function).toList())
                .contains("imaasPlan", "imaasGates", "imaasRollback", "imaasStatus", "imaasApprove", "imaasResume")
                .hasSize(StepKind.values().length + 6);
    }

    /** Whether a form tells what a field is for: the step's own, or that of what it extends. */
    private static boolean help(Class<?> step, String field) {
        return step != null
                && (step.getResource("/" + step.getName().replaceAll("[.$]", "/") + "/help-" + field + ".html") != null
                        || help(step.getSuperclass(), field));
    }

    /** What the snippet generator makes of a filled form. */
    @Test
    void formsBecomeWhatPeopleWouldWrite(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        assertThat(snippet(jenkins, job, "EngineStep$Build", "{id: ''}")).isEqualTo("imaasBuild()");
        assertThat(snippet(jenkins, job, "EngineStep$Rollout", "{id: '1/rollout'}"))
                .isEqualTo("imaasRollout id: '1/rollout'");
        assertThat(snippet(
                        jenkins,
                        job,
                        "PromoteStep",
                        "{id: '', service: '', from: 'dev', to: 'test', reason: \"it's time\"}"))
                .isEqualTo("imaasPromote from: 'dev', reason: 'it\\'s time', to: 'test'");
        assertThat(snippet(
                        jenkins,
                        job,
                        "ByHandStep$Rollback",
                        "{service: 'order-api', environment: 'prod', to: '1.0.0', reason: ''}"))
                .isEqualTo("imaasRollback environment: 'prod', service: 'order-api', to: '1.0.0'");
        assertThat(snippet(
                        jenkins,
                        job,
                        "ApproveStep",
                        "{to: 'prod', as: '', service: 'order-api', from: '', refuse: 'too late', withdraw: false}"))
                .isEqualTo("imaasApprove as: '', refuse: 'too late', service: 'order-api', to: 'prod'");
        assertThat(snippet(jenkins, job, "ApproveStep", "{to: 'prod', as: '', refuse: '', confirmOverride: true}"))
                .isEqualTo("imaasApprove as: '', confirmOverride: true, to: 'prod'");
        assertThat(snippet(
                        jenkins,
                        job,
                        "PlanStep",
                        "{intent: '', service: '', builder: 'native', testServers: '', timeout: ''}"))
                .isEqualTo("imaasPlan builder: 'native'");
        assertThat(snippet(jenkins, job, "GatesStep", "{id: '1'}")).isEqualTo("imaasGates '1'");
        assertThat(snippet(jenkins, job, "StatusStep", "{}")).isEqualTo("imaasStatus()");
    }

    private static String snippet(JenkinsRule jenkins, WorkflowJob job, String step, String form) throws Exception {
        JSONObject json = JSONObject.fromObject(form);
        String type = PromoteStep.class.getPackageName() + "." + step;
        json.put("$class", type);
        json.put("stapler-class", type);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(
                    URI.create(jenkins.getURL() + job.getUrl() + "pipeline-syntax/generateSnippet")
                            .toURL(),
                    HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", json.toString())));
            browser.addCrumb(request);
            return browser.getPage(request)
                    .getWebResponse()
                    .getContentAsString()
                    .trim();
        }
    }

    @Test
    void theConfigurationSurvivesItsPage(JenkinsRule jenkins) throws Exception {
        ImaasConfiguration configuration = ImaasConfiguration.get();
        configuration.setPlatformRepository("https://github.com/acme/platform.git");
        configuration.setTenantsFolder("tenants");
        configuration.setTestServers("mi-1:9008 mi-2:9008");
        ArgoCdServer argo = new ArgoCdServer("https://argocd.example.org", "");
        argo.setEnvironments("test prod");
        RuntimeProbe probe = new RuntimeProbe("");
        probe.setAddress("https://mi.{environment}.acme.example/{service}");
        probe.setCertificates("-----BEGIN CERTIFICATE-----");
        probe.setHostName("localhost");
        argo.setProbe(probe);
        argo.setClusterApiServer("https://prod.example.org:6443");
        argo.setClusterCertificates("-----BEGIN CERTIFICATE-----");
        argo.setClusterCredentialsId("gone-token");
        KubernetesServer kubernetes = new KubernetesServer();
        kubernetes.setEnvironments("dev");
        kubernetes.setClusterCredentialsId("gone-kubeconfig");
        kubernetes.setContext("dev-admin");
        configuration.setServers(List.of(argo, new FolderServer("cluster"), kubernetes));
        configuration.setTenantGitCredentials("imaas-{tenant}-git");
        configuration.setTenantRegistryCredentials("imaas-{tenant}-registry");
        configuration.setTenantSlackCredentials("imaas-{tenant}-slack");
        configuration.setSlackCredentialsId("gone-slack");

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            // Everything of the controller is on this page, and its machine may have much else to do.
            browser.getOptions().setTimeout(300_000);
            jenkins.submit(browser.goTo("configure").getFormByName("config"));
        }

        assertThat(configuration.getPlatformRepository()).isEqualTo("https://github.com/acme/platform.git");
        assertThat(configuration.getPlatformBranch()).isEqualTo("main");
        assertThat(configuration.getTenantsFolder()).isEqualTo("tenants");
        assertThat(configuration.getTestServers()).isEqualTo("mi-1:9008 mi-2:9008");
        assertThat(configuration.getTenantGitCredentials()).isEqualTo("imaas-{tenant}-git");
        assertThat(configuration.getTenantRegistryCredentials()).isEqualTo("imaas-{tenant}-registry");
        assertThat(configuration.getTenantSlackCredentials()).isEqualTo("imaas-{tenant}-slack");
        assertThat(configuration.getSlackCredentialsId()).isEqualTo("gone-slack");
        assertThat(configuration.getServers()).hasSize(3);
        assertThat(configuration.getServers().get(0)).isInstanceOf(ArgoCdServer.class);
        assertThat(configuration.getServers().get(0)).usingRecursiveComparison().isEqualTo(argo);
        assertThat(configuration.getServers().get(2)).usingRecursiveComparison().isEqualTo(kubernetes);
        assertThat(kubernetes.getProbe()).isNull();
        assertThat(configuration.getServers().get(0).getEnvironments()).isEqualTo("test prod");
        assertThat(((FolderServer) configuration.getServers().get(1)).getPath()).isEqualTo("cluster");
    }
}
