package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.ManifestDiff;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.testing.Git;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first releases of a service that ran before the platform managed it, with real Git, Helm and a registry. */
class AdoptedReleaseTest {
    private static final String OLD = "registry.example.org/orders/api";
    private static final String RUNNING =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: texts
              namespace: orders-prod
            data:
              hostile: "{{ .Values.image }} ${1}"
              number: "0o7"
              template: |
                image: other
                ----
                - {{ end }}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: the-api
              namespace: orders-prod
            spec:
              ports:
              - port: 80
              selector:
                app: the-api
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              labels:
                team: a
              name: the-api
              namespace: orders-prod
            spec:
              replicas: 1
              selector:
                matchLabels:
                  app: the-api
              template:
                metadata:
                  labels:
                    app: the-api
                spec:
                  containers:
                  - image: "registry.example.org/orders/api:1.2"
                    name: mi
            """;

    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private TinyImages images;
    private Git git;

    @BeforeEach
    void adopted() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        images = new TinyImages(ImageRepository.parse(registry.address() + "/acme/orders/api"));
        CommandLineRun.bareRepository(folder);
        git = Git.in(folder.resolve("orders-gitops.git"));
        write(folder, "platform/platform.yaml", "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\n");
        write(
                folder,
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git")
                        + "\nquota: {cpu: 2, memory: 4Gi, pods: 9}\nenvironments: [{name: prod, adopt: true}]\nservices:\n"
                        + service("api") + service("sync"));
        write(folder, "platform/adopt/orders/prod/api.yaml", RUNNING);
        write(
                folder,
                "platform/adopt/orders/prod/sync.yaml",
                RUNNING.replace("the-api", "a-sync").replace("texts", "words"));
        CommandLineRun onboarded = run("onboard");
        assertThat(onboarded.exitCode()).as(onboarded.out() + onboarded.err()).isZero();
        assertThat(rendered()).isEqualTo(RUNNING);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aReleaseBringsItsImageAndTheLabelsAloneAndARollbackWhatRanBefore() {
        ImageRef image = images.push("2.0.0");
        release(image);

        List<String> changes = new ArrayList<>();
        ManifestDiff.between(read(RUNNING), read(rendered())).forEach(effect -> effect.fields()
                .forEach(field -> changes.add(effect.name() + " " + field.field() + " " + field.after())));
        String labels = "{imaas.io/environment=prod, imaas.io/service=api, imaas.io/tenant=orders}";
        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "orders-prod/texts metadata.labels " + labels,
                        "orders-prod/the-api metadata.labels " + labels,
                        "orders-prod/the-api metadata.labels.imaas.io/environment prod",
                        "orders-prod/the-api metadata.labels.imaas.io/service api",
                        "orders-prod/the-api metadata.labels.imaas.io/tenant orders",
                        "orders-prod/the-api spec.template.metadata.labels.imaas.io/environment prod",
                        "orders-prod/the-api spec.template.metadata.labels.imaas.io/service api",
                        "orders-prod/the-api spec.template.metadata.labels.imaas.io/tenant orders",
                        "orders-prod/the-api spec.template.spec.containers[mi].image " + image);

        CommandLineRun back = run("rollback", "api", "prod", "--reason", "it is slow");
        assertThat(back.exitCode()).as(back.out() + back.err()).isZero();
        assertThat(rendered()).isEqualTo(RUNNING);
    }

    @Test
    void anObjectThatNoFileListsForTheServiceIsRefused() throws IOException {
        refused("name: texts", "name: others", "ConfigMap/others metadata.name is 'others'");
        refused("name: others", "name: a-sync", "ConfigMap/a-sync metadata.name is 'a-sync'");
        refused("kind: ConfigMap", "kind: ServiceAccount", "ServiceAccount/a-sync metadata.name is 'a-sync'");
        refused("name: a-sync", "name: words", "ServiceAccount/words metadata.name is 'words'");
        refused("kind: ServiceAccount", "kind: ConfigMap", "ConfigMap/words metadata.name is 'words'");
        refused(
                "name: words\n      namespace: orders-prod",
                "name: texts\n      namespace: pay-prod",
                "ConfigMap/texts metadata.namespace is 'pay-prod'");
        refused("namespace: pay-prod", "labels: {imaas.io/tenant: pay}", "metadata.labels.imaas.io/tenant is 'pay'");
    }

    @Test
    void oneWhoseFileIsGoneOwnsWhatIsCalledLikeItAlone() throws IOException {
        Files.delete(folder.resolve("platform/adopt/orders/prod/api.yaml"));

        assertThat(tried().out())
                .contains("Deployment/the-api metadata.name is 'the-api'", "adopt/orders/prod/api.yaml");
    }

    @Test
    void twoServicesNeverListTheSameObjectAndNoneOneOfAnotherNamespace() throws IOException {
        write(folder, "platform/adopt/orders/prod/sync.yaml", RUNNING);
        assertThat(tried().err())
                .contains("ConfigMap/orders-prod/texts is listed in adopt/orders/prod/api.yaml already");

        write(
                folder,
                "platform/adopt/orders/prod/sync.yaml",
                "kind: ConfigMap\nmetadata: {name: c, namespace: pay-prod}\n");
        assertThat(tried().err()).contains("ConfigMap/pay-prod/c is not in the tenant's namespace, orders-prod");
    }

    /** Somebody of the tenant changes what api has in prod, and then releases. */
    private void refused(String text, String other, String why) throws IOException {
        Path work = folder.resolve("work");
        if (!Files.exists(work)) {
            Git.in(folder).run("clone", "-q", "-b", "prod", git.folder().toString(), "work");
        }
        Path values = work.resolve("services/api/env/prod.yaml");
        String before = Files.readString(values);
        assertThat(before).contains(text);
        Files.writeString(values, before.replace(text, other));
        Git.in(work).run("-c", "user.name=eve", "-c", "user.email=eve@example.org", "commit", "-qam", "values");
        Git.in(work).run("push", "-q", "origin", "prod");
        CommandLineRun run = tried();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(5);
        assertThat(run.out()).contains("identity", why);
    }

    private CommandLineRun tried() {
        return run("release", "api", "prod", "--image", images.push("2.0.0").toString());
    }

    private void release(ImageRef image) {
        CommandLineRun run = run("release", "api", "prod", "--image", image.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).doesNotContain("closed");
    }

    private CommandLineRun run(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--platform", folder.resolve("platform").toString()));
        if (command.equals("onboard")) {
            arguments.addAll(List.of(
                    command,
                    "--cluster-dir",
                    folder.resolve("cluster").toString(),
                    "--cache",
                    folder.resolve("cache").toString()));
            arguments.add(0, arguments.remove(2));
            return CommandLineRun.of(arguments.toArray(String[]::new));
        }
        arguments.addAll(List.of(more));
        return CommandLineRun.onGitOps(folder, command, arguments.toArray(String[]::new));
    }

    private String rendered() {
        return git.run("show", "rendered/prod:api/manifests.yaml");
    }

    private static Manifests read(String text) {
        return new Manifests(new HelmRenderer().read(text, "orders-prod"));
    }

    private static String service(String name) {
        return "  - name: " + name + "\n    repository: https://git.example.org/" + name + ".git\n    type: gateway\n"
                + "    adopt: [{environment: prod, application: the-" + name + ", image: \"" + OLD
                + ":1.2\", release: \"" + OLD + "@sha256:" + "a".repeat(64) + "\"}]\n";
    }
}
