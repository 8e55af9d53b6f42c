package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.util.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build signs what it publishes as its own job, where an administrator put a token of OpenID Connect. */
@WithJenkins
class KeylessTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private TestPlatform platform;
    private HttpServer authority;

    @BeforeEach
    void begin() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        platform = TestPlatform.begin(folder);
        authority = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        authority.createContext("/", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"code\": 3, \"message\": \"no such issuer here\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        authority.start();
    }

    @AfterEach
    void end() {
        authority.stop(0);
        platform.close();
    }

    @Test
    void theTokenIsThatOfTheBuild(JenkinsRule jenkins) throws Exception {
        platform.add("platform", "main", "trusted_root.json", trustedRoot());
        platform.change(
                "platform",
                "main",
                "platform.yaml",
                "  noTests: warn ",
                "  images: {signedBy: [{name: ci, keyless: {issuer: https://jenkins.example.org/oidc,"
                        + " identity: 'https://jenkins.example.org/job/*/job/*/job/main/'}}]}\n  noTests: warn ");
        Vault.put("SIGSTORE_ID_TOKEN", new Token("SIGSTORE_ID_TOKEN", ""));
        platform.configure();
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        WorkflowRun onboarding = built(jenkins, Jobs.multibranch(jenkins, "platform", platform.url("platform")));
        jenkins.assertBuildStatusSuccess(onboarding);

        WorkflowMultiBranchProject service =
                jenkins.jenkins.getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class);
        // Onboarding made the job, which found the branch.
        WorkflowRun delivery = service.getItem("main").getLastBuild();

        // As everything about an image that only a later gate asks for.
        jenkins.assertBuildStatus(Result.UNSTABLE, delivery);
        jenkins.assertLogContains("answered 400: no such issuer here", delivery);
        assertThat(asked).anySatisfy(request -> assertThat(request)
                .contains("\"oidcIdentityToken\":\"" + Token.of("orders/order-report/main") + "\""));
        assertThat(delivery.getLog()).doesNotContain(Token.of("orders/order-report/main"));
    }

    private static WorkflowRun built(JenkinsRule jenkins, WorkflowMultiBranchProject project) throws Exception {
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(900_000);
        return project.getItem("main").getLastBuild();
    }

    private String trustedRoot() {
        String address = "http://127.0.0.1:" + authority.getAddress().getPort();
        return "{\"certificateAuthorities\": [{\"uri\": \"" + address + "\"}], \"tlogs\": [{\"baseUrl\": \"" + address
                + "\"}]}";
    }

    /** As the OpenID Connect provider plugin makes them: another one for each build. */
    private static final class Token extends BaseStandardCredentials implements StringCredentials {
        private static final long serialVersionUID = 1L;

        private final String job;

        Token(String id, String job) {
            super(CredentialsScope.SYSTEM, id, "");
            this.job = job;
        }

        static String of(String job) {
            String claims = "{\"sub\":\"" + job + "\"}";
            return "e30."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                    + ".c2ln";
        }

        @Override
        public Credentials forRun(Run<?, ?> build) {
            return new Token(getId(), build.getParent().getFullName());
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(of(job));
        }
    }
}
