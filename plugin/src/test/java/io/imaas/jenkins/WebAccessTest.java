package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import io.imaas.jenkins.source.ImaasPermissions;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Whoever may not, can't; and nothing answers to a link that somebody is lured to. */
@SharedJenkins
class WebAccessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "descriptorByName/io.imaas.jenkins.config.ArgoCdServer/testConnection?url=http://localhost:1&credentialsId=&certificates=&context=&clusterCredentialsId=&clusterApiServer=&clusterCertificates=",
                "descriptorByName/io.imaas.jenkins.config.KubernetesServer/testConnection?context=&clusterCredentialsId=&clusterApiServer=&clusterCertificates=",
                "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/testPlatform?platformRepository=file:///&platformBranch=main&gitCredentialsId="
            })
    void connectionsAreTestedByAdministratorsAndByPost(String path, JenkinsRule jenkins) throws Exception {
        secured(jenkins);
        assertThat(status(jenkins, "admin", HttpMethod.GET, path)).as("GET").isIn(404, 405);
        assertThat(status(jenkins, "tess", HttpMethod.POST, path)).isEqualTo(403);
        assertThat(status(jenkins, "admin", HttpMethod.POST, path)).isEqualTo(200);
    }

    private static final List<String> CHOICES = List.of(
            "descriptorByName/io.imaas.jenkins.config.ArgoCdServer/fillCredentialsIdItems?credentialsId=",
            "descriptorByName/io.imaas.jenkins.config.ArgoCdServer/fillClusterCredentialsIdItems?clusterCredentialsId=",
            "descriptorByName/io.imaas.jenkins.config.KubernetesServer/fillClusterCredentialsIdItems?clusterCredentialsId=",
            "descriptorByName/io.imaas.jenkins.config.RuntimeProbe/fillCredentialsIdItems?credentialsId=",
            "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/fillGitCredentialsIdItems",
            "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/fillCheckoutCredentialsIdItems",
            "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/fillRegistryCredentialsIdItems",
            "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/fillSlackCredentialsIdItems",
            "job/orders/descriptorByName/io.imaas.jenkins.config.TenantProperty/fillSlackCredentialsIdItems?slackCredentialsId=");

    private static final List<String> CHECKS = List.of(
            "descriptorByName/io.imaas.jenkins.config.ArgoCdServer/checkUrl?value=x",
            "descriptorByName/io.imaas.jenkins.config.RuntimeProbe/checkAddress?value=x",
            "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/checkTenantGitCredentials?tenantGitCredentials=x&tenantRegistryCredentials=&tenantSlackCredentials=");

    /** Nothing in them is secret but which credentials there are: those who may not configure see none of them. */
    @Test
    void credentialsAreChosenByThoseWhoMayConfigureAndByPost(JenkinsRule jenkins) throws Exception {
        secured(jenkins);
        Vault.text(CredentialsScope.GLOBAL, "a-token", "s3cret");
        Vault.login(CredentialsScope.GLOBAL, "a-user", "ann", "s3cret");
        for (String path : CHOICES) {
            assertThat(status(jenkins, "admin", HttpMethod.GET, path))
                    .as("GET " + path)
                    .isIn(404, 405);
            assertThat(body(jenkins, "paul", path)).as(path).doesNotContain("a-token", "a-user");
            assertThat(body(jenkins, "admin", path))
                    .as(path)
                    .containsAnyOf("a-token", "a-user")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void checksOfFieldsTellNothingOfThisControllerAndNeedPost(JenkinsRule jenkins) throws Exception {
        secured(jenkins);
        for (String path : CHECKS) {
            assertThat(status(jenkins, "admin", HttpMethod.GET, path))
                    .as("GET " + path)
                    .isIn(404, 405);
            assertThat(body(jenkins, "admin", path)).as(path).containsPattern("class=\"?error");
        }
    }

    @Test
    void permissionsAreThereToBeGranted(JenkinsRule jenkins) {
        assertThat(ImaasPermissions.GROUP.getPermissions())
                .extracting(permission -> permission.getId())
                .containsExactlyInAnyOrder(
                        "io.imaas.jenkins.source.ImaasPermissions.Promote",
                        "io.imaas.jenkins.source.ImaasPermissions.Override",
                        "io.imaas.jenkins.source.ImaasPermissions.Onboard");
        assertThat(ImaasPermissions.GROUP.title.toString()).isEqualTo("IMaaS");
    }

    private static void secured(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("tess")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("paul"));
        jenkins.createProject(Folder.class, "orders");
    }

    private static int status(JenkinsRule jenkins, String user, HttpMethod method, String path) throws Exception {
        return response(jenkins, user, method, path).getStatusCode();
    }

    private static String body(JenkinsRule jenkins, String user, String path) throws Exception {
        return response(jenkins, user, HttpMethod.POST, path).getContentAsString();
    }

    private static WebResponse response(JenkinsRule jenkins, String user, HttpMethod method, String path)
            throws Exception {
        return new Pages(jenkins).ask(user, method, path, true);
    }
}
