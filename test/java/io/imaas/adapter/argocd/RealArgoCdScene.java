package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.testing.RealServer;
import io.imaas.testing.TestKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application on a real Argo CD, which reads a Git server of this machine: {@code IMAAS_REAL_ARGOCD}, its token, a kubeconfig,
 * and {@code IMAAS_REAL_GIT_ROOT}, the folder of bare repositories that {@code IMAAS_REAL_GIT} serves. Digests as in
 * {@code RealDirectTest}.
 */
abstract class RealArgoCdScene {
    static final ImageRepository IMAGES = ImageRepository.parse("registry.acme.example/imaas/orders/order-api");
    static final BranchName BRANCH = new BranchName("main");

    @TempDir
    Path temp;

    String project = "default";
    final String name = "rollout" + Long.toString(System.nanoTime(), 36);
    KubernetesClient kubernetes;
    ArgoCdClient argo;
    ArgoCdDeployments deployments;
    GitRepositories git;
    RepositoryUrl url;
    private Path bare;

    @BeforeEach
    void connect() throws Exception {
        String server = RealServer.variable("IMAAS_REAL_ARGOCD");
        Secret token = new Secret(RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"));
        bare = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), name + ".git");
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call()
                .close();
        url = new RepositoryUrl(RealServer.variable("IMAAS_REAL_GIT") + "/" + name + ".git");
        git = new GitRepositories(
                TestKey.signed(GitSettings.of(temp.resolve("cache"), GitAccess.anonymous(), new SystemClock())));
        kubernetes = RealServer.kubernetes();
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        ServerSettings settings = new ServerSettings(URI.create(server), token, "");
        argo = new ArgoCdClient(settings, new SystemClock());
        deployments = follower(settings);
        release("a1", 1);
        application(5);
        live("a1", 1);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (deployments != null) {
            argo.find("delete", () -> argo.api().deleteApplication(name, null, project, false, null));
            deployments.close();
            if (!project.equals("default")) {
                await(() -> argo.find("application", () -> argo.api().applicationJson(name, null, project))
                        .isEmpty());
                argo.once("delete", argo.api().deleteProject(project));
            }
            argo.close();
            git.close();
        }
        if (kubernetes != null) {
            kubernetes.namespaces().withName(name).delete();
            kubernetes.close();
            org.eclipse.jgit.util.FileUtils.delete(bare.toFile(), org.eclipse.jgit.util.FileUtils.RECURSIVE);
        }
    }

    ArgoCdDeployments follower(ServerSettings settings) {
        return new ArgoCdDeployments(ArgoCdSettings.of(settings), new Ancestry(git::at), new SystemClock());
    }

    void live(String prefix, int replicas) throws Exception {
        RolloutOutcome outcome = within(90, release(prefix, replicas), prefix);
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.LIVE);
    }

    RolloutOutcome within(int seconds, CommitId commit, String prefix) throws Exception {
        return ended(seconds, target(commit, prefix, Duration.ofMinutes(10)));
    }

    RolloutOutcome ended(int seconds, RolloutTarget target) throws Exception {
        Instant end = Instant.now().plusSeconds(seconds);
        while (Instant.now().isBefore(end)) {
            if (deployments.follow(target) instanceof RolloutStatus.Ended ended) {
                return ended.outcome();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("no verdict after " + seconds + " s: " + deployments.follow(target));
    }

    /** Until it ends or time is up, with all that was waited for. */
    RolloutStatus await(RolloutTarget target, Set<String> said, Instant end) throws InterruptedException {
        RolloutStatus status = deployments.follow(target);
        while (status instanceof RolloutStatus.InProgress progress
                && Instant.now().isBefore(end)) {
            said.add(progress.waitingFor());
            TimeUnit.MILLISECONDS.sleep(100);
            status = deployments.follow(target);
        }
        return status;
    }

    RolloutTarget target(CommitId commit, String prefix, Duration timeout) {
        return new RolloutTarget(
                null,
                null,
                null,
                project,
                name,
                url,
                "order-api",
                commit,
                new ImageRef(IMAGES, digest(prefix)),
                timeout,
                null,
                null);
    }

    static Digest digest(String prefix) {
        return new Digest("sha256:" + (prefix + "0".repeat(64)).substring(0, 64));
    }

    CommitId release(String prefix, int replicas) {
        return commit(manifest(prefix, replicas));
    }

    static String manifest(String prefix, int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: order-api
                spec:
                  replicas: %1$d
                  selector: {matchLabels: {app: order-api}}
                  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
                  template:
                    metadata: {labels: {app: order-api}}
                    spec:
                      initContainers:
                        - name: prepare
                          image: "%2$s"
                      containers:
                        - name: mi
                          image: "%2$s"
                """
                .formatted(replicas, new ImageRef(IMAGES, digest(prefix)));
    }

    CommitId commit(String manifest) {
        FileEdit edit = new FileEdit() {
            @Override
            public String path() {
                return "order-api/deployment.yaml";
            }

            @Override
            public Optional<byte[]> apply(Optional<byte[]> current) {
                return Optional.of(manifest.getBytes(StandardCharsets.UTF_8));
            }
        };
        return git.at(url).land(Change.of(BRANCH, "change", List.of(edit))).commit();
    }

    /** @param retries of a sync that failed; many, as Argo CD does where nobody says how many */
    private void application(int retries) {
        ObjectNode application = argo.mapper().createObjectNode();
        ObjectNode metadata = application.putObject("metadata").put("name", name);
        metadata.putObject("labels").put("imaas.io/service", "order-api");
        ObjectNode spec = application.putObject("spec").put("project", project);
        spec.putObject("source")
                .put("repoURL", url.value())
                .put("path", "order-api")
                .put("targetRevision", "main");
        spec.putObject("destination")
                .put("server", "https://kubernetes.default.svc")
                .put("namespace", name);
        ObjectNode policy = spec.putObject("syncPolicy");
        policy.putObject("automated").put("prune", true).put("selfHeal", true);
        policy.putObject("retry").put("limit", retries);
        argo.once("create", argo.api().upsertApplication(application, false, false));
    }

    void change(java.util.function.Consumer<ObjectNode> edit) {
        ObjectNode now = (ObjectNode) argo.retry("read", () -> argo.api().applicationJson(name, null, project));
        ObjectNode next = argo.mapper().createObjectNode();
        next.putObject("metadata").put("name", name).set("labels", now.at("/metadata/labels"));
        next.set("spec", now.get("spec"));
        edit.accept((ObjectNode) next.get("spec"));
        argo.once("change", argo.api().upsertApplication(next, true, false));
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    List<HasMetadata> load(String text) throws Exception {
        try (InputStream yaml = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return kubernetes.load(yaml).items();
        }
    }

    /** One pod, and no more. */
    HasMetadata quota() throws Exception {
        return load("apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: one, namespace: " + name
                        + "}\nspec: {hard: {pods: 1}}\n")
                .get(0);
    }

    /** A Job that Argo CD runs before the rest. */
    static String hook(String image) {
        return """
                ---
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: migrate
                  annotations: {argocd.argoproj.io/hook: PreSync}
                spec:
                  backoffLimit: 0
                  template:
                    spec: {restartPolicy: Never, containers: [{name: migrate, image: "%s"}]}
                """
                .formatted(new ImageRef(IMAGES, digest(image)));
    }
}
