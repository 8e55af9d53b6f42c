package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.cli.settings.Settings;
import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that are not given are filled in, and people are told from where. */
class KnowsWhereItIsTest {
    private static final String ONE = "registry.example.org/acme/orders/api@sha256:" + "1".repeat(64);

    private static final String TWO = "registry.example.org/acme/orders/api@sha256:" + "2".repeat(64);

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path here;

    @BeforeEach
    void twoTenants() throws IOException {
        here = Files.createDirectories(folder.resolve("work"));
        Path platform =
                Files.createDirectories(folder.resolve("platform/tenants")).getParent();
        Files.writeString(
                platform.resolve("platform.yaml"),
                """
                platform: acme
                registries: [registry.example.org/acme]
                policy:
                  images: {check: optional}
                """);
        for (String tenant : new String[] {"orders", "billing"}) {
            String service = tenant.equals("orders") ? "api" : "invoices";
            Git.in(folder).run("init", "-q", "--bare", tenant + "-gitops.git");
            onboard(tenant, service);
            Git.in(folder).run("init", "-q", "--bare", service + ".git");
            Files.writeString(
                    platform.resolve("tenants/" + tenant + ".yaml"),
                    """
                    tenant: %s
                    owners: ["@ann"]
                    contact: team@example.org
                    quota: {cpu: 8, memory: 16Gi, pods: 40}
                    gitops: file://%s/%s-gitops.git
                    environments:
                      - name: dev
                      - name: test
                        approvers: ["@acme/testers"]
                    services:
                      - name: %s
                        repository: file://%s/%s.git
                        type: worker
                    """
                            .formatted(tenant, folder, tenant, service, folder, service));
        }
    }

    @Test
    void aProfileAndTheServiceAreEnough() {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"), "--set", "actor=@ann");
        CommandLineRun release = run("release", "api", "dev", "--image", TWO, "--no-image-check");

        assertThat(release.err()).contains("Tenant: orders");
        assertThat(release.exitCode()).as(release.err() + release.out()).isZero();
        assertThat(Git.in(folder.resolve("orders-gitops.git")).run("log", "-1", "--format=%(trailers)", "dev"))
                .contains("Imaas-Actor: @ann");
        assertThat(run("status", "--tenant", "orders").out()).contains("22222222");
    }

    @Test
    void aCheckoutSaysTenantAndService() throws IOException {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"));
        cloneService("api");

        assertThat(run("status").out()).contains("api", "11111111");
        assertThat(run("history").out()).contains("Release api");
        assertThat(run("diff").out()).contains("api: dev has", "test has no release");
        assertThat(run("rollback", "dev", "--dry-run").err()).contains("api", "Tenant: orders");
    }

    /** One file for the server and for what checks it: the provider is refused before anything listens. */
    @Test
    void aProfileHoldsTheSettingsOfAServer() throws IOException {
        Path config = Files.writeString(
                folder.resolve("server.yaml"),
                "use: server\nprofiles:\n  server:\n    platform: " + folder.resolve("platform") + "\n    data: "
                        + folder.resolve("data")
                        + "\n    url: https://imaas.example\n    oidc-issuer: http://login.example\n"
                        + "    react: review,promotion\n");
        environment.put("IMAAS_CONFIG", config.toString());
        assertThat(run("serve", "--webhook-secret", "0123456789abcdef0123").err())
                .contains("'http://login.example' is not reached by https");
        CommandLineRun doctor = CommandLineRun.of(Settings.of(environment, folder, here), "doctor");
        assertThat(doctor.out() + doctor.err()).contains("'http://login.example' is not reached by https");
        Files.writeString(config, Files.readString(config).replace("react:", "reaction:"));
        assertThat(run("serve", "--webhook-secret", "0123456789abcdef0123").err())
                .contains("server.yaml:8", "reaction", "react");
    }

    @Test
    void openNamesEveryAddressThatIsKnown() {
        run(
                "use",
                "acme",
                "--set",
                "platform=" + folder.resolve("platform"),
                "--set",
                "server=https://imaas.example.org/");
        environment.put("IMAAS_ARGOCD", "https://argocd.example.org");

        assertThat(run("open", "api", "dev").out())
                .contains("page    https://imaas.example.org/tenants/orders/services/api\n")
                .contains("argocd  https://argocd.example.org/applications/orders-dev-api\n")
                .contains("image   " + ONE + "\n");
        assertThat(run("open", "api", "dev", "--what", "page").out())
                .isEqualTo("https://imaas.example.org/tenants/orders/services/api\n");
        CommandLineRun unknown = run("open", "api", "dev", "--what", "run");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("the address of its run is not known");
        assertThat(run("open", "api", "test").err()).contains("api has no release in test", "imaas status api");
    }

    @Test
    void withoutAnyHintTheTenantsAreNamed() {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"));
        CommandLineRun status = run("status");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.err())
                .contains("the platform has 2 tenants", "billing, orders", "filled in: --platform", "(profile acme)");
    }

    @Test
    void theCommandLineIsStrongerThanVariablesAndTheyThanProfiles() {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"), "--set", "tenant=nobody");
        assertThat(run("status").err()).contains("no tenant 'nobody'", "--tenant nobody (profile acme)");

        environment.put("IMAAS_TENANT", "billing");
        assertThat(run("status").out()).contains("invoices");
        assertThat(run("status", "--tenant", "orders").out()).contains("api").doesNotContain("invoices");
    }

    @Test
    void aProfilesTenantIsNotMeantOnAnotherGitOpsRepository() {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"), "--set", "tenant=orders");
        String billing = folder.resolve("billing-gitops.git").toString();

        assertThat(run("status", "--gitops", billing).out()).contains("invoices");
        CommandLineRun both = run("status", "--gitops", billing, "--tenant", "orders");
        assertThat(both.exitCode()).isEqualTo(3);
        assertThat(both.err()).contains("tenant orders has another GitOps repository");
    }

    @Test
    void aFileOfTheCheckoutChoosesProfileAndTenantButNeverAnAddress() throws IOException {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"));
        run("use", "other", "--set", "platform=/nowhere");
        Files.writeString(here.resolve(".imaas.yaml"), "profile: acme\ntenant: billing\n");
        assertThat(run("status").out()).contains("invoices");

        Files.writeString(here.resolve(".imaas.yaml"), "platform: https://evil.example.org/platform.git\n");
        CommandLineRun refused = run("status");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains(".imaas.yaml:1", "platform");
    }

    @Test
    void aWrongFileIsToldWithItsLineAndHelpStillComes() throws IOException {
        Path config = Files.createDirectories(folder.resolve(".config/imaas")).resolve("config.yaml");
        Files.writeString(config, "use: acme\nprofiles:\n  acme:\n    platfrom: x\n");

        assertThat(run("status").err()).contains(config + ":4", "platfrom", "platform");
        assertThat(run("status", "--help").exitCode()).isZero();
        assertThat(run("use").exitCode()).isEqualTo(3);
    }

    @Test
    void aMistypedProfileIsAnErrorWithTheNearestName() {
        run("use", "acme-prod", "--set", "tenant=orders");
        CommandLineRun use = run("use", "acme-pord");

        assertThat(use.exitCode()).isEqualTo(3);
        assertThat(use.err()).contains("no profile 'acme-pord'", "imaas use acme-prod");
        environment.put("IMAAS_PROFILE", "amce-prod");
        assertThat(run("status").err()).contains("$IMAAS_PROFILE", "did you mean 'acme-prod'?");
    }

    @Test
    void aValueIsSetInTheProfileInUseWhereNoneIsNamed() {
        assertThat(run("use", "--set", "tenant=orders").err()).contains("no profile is in use that --set could change");
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"));
        assertThat(run("use", "--set", "tenant=orders").out()).contains("profile acme is in use");
        assertThat(run("use").out()).contains("--tenant orders (profile acme)");
    }

    @Test
    void whoNamesNoTenantIsAnsweredByTheWholeCommand() {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"));

        assertThat(run("status", "-o", "wide").err())
                .contains("the platform has 2 tenants, and none is named: billing, orders")
                .containsPattern("(?m)^  try: imaas status -o wide .*--tenant billing$");
        assertThat(run("promote", "api", "dev", "test", "prod").err())
                .contains("no tenant of the platform has a service 'dev'");
        assertThat(run("status", "--git-token=s3cret").err()).doesNotContain("s3cret");
    }

    @Test
    void whatIsFilledInCanBeSeenAndSecretsAreNotShown() {
        environment.put("IMAAS_GIT_TOKEN", "s3cret");
        run("use", "acme", "--set", "tenant=orders");
        assertThat(run("use").out())
                .contains("* acme", "--tenant orders (profile acme)", "--git-token **** ($IMAAS_GIT_TOKEN)")
                .doesNotContain("s3cret");
        assertThat(run("use", "acme", "--set", "git-token=x").err()).contains("a profile holds no 'git-token'");
    }

    @Test
    void whoApprovesNeedNotSayAsWhomWhenTheirTeamIsKnown() {
        run("use", "acme", "--set", "platform=" + folder.resolve("platform"), "--set", "actor=@bob");

        CommandLineRun refused = run("approve", "api", "test", "--no-image-check");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("@bob is not an approver of test", "--as @acme/testers");

        run("use", "acme", "--set", "role=@acme/testers");
        assertThat(run("approve", "api", "test", "--no-image-check").exitCode()).isZero();
    }

    /** What onboarding would leave: values of the service on the first branch, and a release. */
    private void onboard(String tenant, String service) throws IOException {
        Git.in(folder).run("clone", "-q", tenant + "-gitops.git", "of-" + tenant);
        Path values = folder.resolve("of-" + tenant + "/services/" + service);
        Files.createDirectories(values.resolve("env"));
        Files.writeString(
                values.resolve("values.yaml"), "tenant: " + tenant + "\nservice: " + service + "\ntype: worker\n");
        Files.writeString(values.resolve("env/dev.yaml"), "environment: dev\n");
        Files.writeString(values.resolve("env/test.yaml"), "environment: test\n");
        Git git = Git.in(folder.resolve("of-" + tenant));
        git.run("checkout", "-q", "-b", "dev");
        git.run("add", "-A");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "Begin");
        git.run("push", "-q", "origin", "dev");
        String image = ONE.replace("orders/api", tenant + "/" + service);
        String gitops = folder.resolve(tenant + "-gitops.git").toString();
        assertThat(run("release", service, "dev", "--image", image, "--gitops", gitops)
                        .exitCode())
                .isZero();
    }

    private void cloneService(String service) throws IOException {
        Git.in(folder).run("clone", "-q", service + ".git", "checkout");
        here = folder.resolve("checkout");
        Git git = Git.in(here);
        git.run("remote", "set-url", "origin", "file://" + folder + "/" + service + ".git");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "Begin");
    }

    private CommandLineRun run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--cache";
        all[arguments.length + 1] = folder.resolve("cache").toString();
        return CommandLineRun.of(Settings.of(environment, folder, here), all);
    }
}
