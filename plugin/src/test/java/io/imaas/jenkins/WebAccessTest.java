package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import io.imaas.jenkins.source.ImaasPermissions;
import java.net.URI;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever may not, can't; and nothing answers to a link that somebody is lured to. */
@WithJenkins
class WebAccessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "descriptorByName/io.imaas.jenkins.config.ArgoCdServer/testConnection?url=http://localhost:1&credentialsId=&certificates=",
                "descriptorByName/io.imaas.jenkins.config.KubernetesServer/testConnection?context=",
                "descriptorByName/io.imaas.jenkins.config.ImaasConfiguration/testPlatform?platformRepository=file:///&platformBranch=main&gitCredentialsId="
            })
    void connectionsAreTestedByAdministratorsAndByPost(String path, JenkinsRule jenkins) throws Exception {
        secured(jenkins);
        assertThat(status(jenkins, "admin", HttpMethod.GET, path)).as("GET").isIn(404, 405);
        assertThat(status(jenkins, "tess", HttpMethod.POST, path)).isEqualTo(403);
        assertThat(status(jenkins, "admin", HttpMethod.POST, path)).isEqualTo(200);
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
                .to("tess"));
        jenkins.createProject(Folder.class, "orders");
    }

    private static int status(JenkinsRule jenkins, String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.login(user);
            WebRequest request =
                    new WebRequest(URI.create(jenkins.getURL() + path).toURL(), method);
            browser.addCrumb(request);
            Page page = browser.getPage(request);
            return page.getWebResponse().getStatusCode();
        }
    }
}
