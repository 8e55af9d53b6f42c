package io.imaas.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.jobs.JobDslFolder;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.Deployments;
import io.imaas.port.JobServer;
import io.imaas.port.ServiceProbe;
import io.imaas.run.Event;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Runner;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.AwaitRemovalRunner;
import io.imaas.step.runner.CheckOffboardingRunner;
import io.imaas.step.runner.RemoveApplicationRunner;
import io.imaas.step.runner.RemoveJobsRunner;
import io.imaas.step.runner.RemoveProjectRunner;
import io.imaas.step.runner.RemoveSpaceRunner;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offboarding cut off at every moment, refused, and held up, on a folder that stands for a cluster. */
class OffboardingTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-22T10:00:00Z");
    private final Catalog catalog = catalog();
    private boolean died;
    private final Tenant orders = catalog.tenants().get(0);

    @Test
    void cutOffAfterAnyDeletionItEndsTheSameWhenItIsRunAgain() throws IOException {
        Map<String, String> whole = afterwards(folder.resolve("whole"), Integer.MAX_VALUE);
        assertThat(whole.keySet())
                .as("the tenant is gone, its neighbour is not")
                .allMatch(file -> file.contains("payments"));
        int cut = 0;
        for (int survived = 0; survived < 20; survived++) {
            Path place = folder.resolve("cut-" + survived);
            Map<String, String> again = afterwards(place, survived);
            assertThat(again).as("cut off after %d deletions", survived).isEqualTo(whole);
            cut += died ? 1 : 0;
        }
        assertThat(cut).as("moments at which it died").isBetween(8, 19);
    }

    /** Runs it until it dies, and then once more with a world that lives. */
    private Map<String, String> afterwards(Path place, int survived) throws IOException {
        LocalCluster cluster = world(place);
        JobDslFolder jobs = new JobDslFolder(place.resolve("jobs"), true);
        Life life = new Life(survived);
        RunResult first =
                run(new Mortal(cluster, life), new MortalJobs(jobs, life), deployments(new Mortal(cluster, life)));
        died = life.over();
        assertThat(first.status()).isEqualTo(died ? RunResult.Status.FAILED : RunResult.Status.SUCCEEDED);
        assertThat(run(cluster, jobs, deployments(cluster)).status()).isEqualTo(RunResult.Status.SUCCEEDED);
        return files(place);
    }

    @Test
    void nothingIsTakenForGoneWhileNobodyAnswers() throws IOException {
        LocalCluster cluster = world(folder);
        Deployments silent = new Scripted(cluster) {
            @Override
            public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
                throw FailureException.external("no answer", "Argo CD", "", (Throwable) null);
            }
        };

        RunResult result = run(cluster, new JobDslFolder(folder.resolve("jobs"), true), silent);
        assertThat(result.failures()).extracting(failure -> failure.kind()).contains(FailureKind.EXTERNAL);
        assertThat(cluster.get("v1", "Namespace", "", "orders-dev")).isPresent();
        assertThat(folder.resolve("jobs/tenant_orders.groovy")).exists();
    }

    @Test
    void theSpacesWaitForTheApplicationsAndNobodySleeps() throws IOException {
        LocalCluster cluster = world(folder);
        Scripted slow = new Scripted(cluster) {
            @Override
            public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
                assertThat(cluster.get("v1", "Namespace", "", "orders-dev")).isPresent();
                return clock.pauses().size() < 3 ? Optional.of("Application x is being deleted") : Optional.empty();
            }
        };
        List<String> waits = new ArrayList<>();

        RunResult result = run(cluster, new JobDslFolder(folder.resolve("jobs"), true), slow, waits);
        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(waits).containsExactly("Application x is being deleted, and 1 more");
        assertThat(clock.pauses()).hasSize(3);
        assertThat(cluster.get("v1", "Namespace", "", "orders-dev")).isEmpty();
    }

    @Test
    void whatAFinalizerHoldsIsToldAfterHalfAnHour() throws IOException {
        LocalCluster cluster = world(folder);
        Deployments stuck = new Scripted(cluster) {
            @Override
            public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
                return Optional.of("Application x can't be deleted: no such cluster");
            }
        };

        RunResult result = run(cluster, new JobDslFolder(folder.resolve("jobs"), true), stuck);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
            assertThat(failure.what()).contains("after 30 minutes", "no such cluster");
        });
        assertThat(cluster.get("v1", "Namespace", "", "orders-dev")).isPresent();
    }

    @Test
    void aJobScriptThatSaysSomethingElseStays() throws IOException {
        LocalCluster cluster = world(folder);
        Files.writeString(
                folder.resolve("jobs/tenant_orders/api.groovy"), "multibranchPipelineJob('orders-a/pi') {}\n");

        RunResult result = run(cluster, new JobDslFolder(folder.resolve("jobs"), true), deployments(cluster));
        assertThat(result.failures()).extracting(failure -> failure.kind()).containsExactly(FailureKind.POLICY);
        assertThat(folder.resolve("jobs/tenant_orders/api.groovy")).exists();
    }

    private RunResult run(Cluster cluster, JobServer jobs, Deployments deployments) {
        return run(cluster, jobs, deployments, new ArrayList<>());
    }

    private RunResult run(Cluster cluster, JobServer jobs, Deployments deployments, List<String> waits) {
        StepRunners runners = new StepRunners(List.of(
                new CheckOffboardingRunner(orders, deployments, jobs::foreign),
                new RemoveApplicationRunner(orders, deployments),
                new RemoveSpaceRunner(orders, cluster),
                new RemoveProjectRunner(orders, deployments),
                new RemoveJobsRunner(orders, jobs),
                new AwaitRemovalRunner(orders, deployments, cluster, clock)));
        return new Runner(
                        runners,
                        clock,
                        event -> {
                            if (event instanceof Event.StepWaiting waiting) {
                                waits.add(waiting.reason());
                            }
                        },
                        RetryPolicy.DEFAULT)
                .run(plan(orders));
    }

    private Plan plan(Tenant tenant) {
        return new OnboardingPlanner(catalog, LocalDate.of(2026, 11, 22)).plan(null, tenant);
    }

    /** Both tenants as they are after onboarding, with something that runs. */
    private LocalCluster world(Path place) throws IOException {
        LocalCluster cluster = new LocalCluster(place.resolve("cluster"), new ManualClock("2026-11-22T10:00:00Z"));
        JobDslFolder jobs = new JobDslFolder(place.resolve("jobs"), true);
        for (Tenant tenant : catalog.tenants()) {
            jobs.ensureFolder(tenant);
            tenant.services().forEach(service -> jobs.ensureJob(tenant, service));
        }
        // The day before, everything is made as always.
        OnboardingPlanner before = new OnboardingPlanner(catalog, LocalDate.of(2026, 11, 21));
        catalog.tenants().forEach(tenant -> before.plan(null, tenant)
                .steps()
                .filter(EnsureManifests.class::isInstance)
                .forEach(step -> cluster.ensure(((EnsureManifests) step).manifests())));
        for (String kind : List.of("Deployment apps/v1", "Service v1", "ConfigMap v1", "ServiceAccount v1")) {
            String[] words = kind.split(" ");
            cluster.apply(List.of(new Manifest(
                    words[1],
                    words[0],
                    "orders-dev",
                    "api",
                    "apiVersion: " + words[1] + "\nkind: " + words[0] + "\nmetadata: {name: api, labels: {"
                            + "imaas.io/tenant: orders, imaas.io/service: api, imaas.io/environment: dev}}\n")));
        }
        return cluster;
    }

    private DirectDeployments deployments(Cluster cluster) {
        // Nothing is rendered and no branch is read: a removal needs neither.
        return new DirectDeployments(
                null, cluster, url -> null, Path.of("nowhere"), ServiceProbe.NONE, clock, Duration.ofSeconds(1));
    }

    private static Map<String, String> files(Path place) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = place.relativize(file).toString();
                if (!name.endsWith("journal.txt")) {
                    files.put(name, Files.readString(file).replaceAll("uid: .*", ""));
                }
            }
        }
        return files;
    }

    private static Catalog catalog() {
        return CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/imaas]\n",
                        "tenants/orders.yaml",
                        tenant("orders", "offboarding: {from: 2026-11-22, reason: sold}"),
                        "tenants/payments.yaml",
                        tenant("payments", "")))
                .orThrow();
    }

    private static String tenant(String name, String tombstone) {
        return "tenant: " + name + "\nowners: [\"@acme/leads\"]\ncontact: leads@example.org\n"
                + "gitops: https://git.example.org/" + name + ".git\nquota: {cpu: 8, memory: 16Gi, pods: 40}\n"
                + "environments: [{name: dev}, {name: prod}]\n" + tombstone
                + "\nservices:\n  - {name: api, type: gateway, repository: https://git.example.org/" + name
                + "-api.git}\n";
    }

    /** How many deletions a process lives to see. */
    private static final class Life {
        private int left;

        Life(int left) {
            this.left = left;
        }

        synchronized void spend() {
            if (left-- <= 0) {
                throw FailureException.failed("killed", "", "");
            }
        }

        synchronized boolean over() {
            return left < 0;
        }
    }

    /** Does the deletion, and dies before anybody hears of it. */
    private record Mortal(Cluster cluster, Life life) implements Cluster {
        @Override
        public List<Effect> apply(List<Manifest> manifests) {
            throw new AssertionError("offboarding makes nothing");
        }

        @Override
        public Effect restore(ClusterObject before) {
            throw new AssertionError("offboarding takes nothing back");
        }

        @Override
        public Applied ensure(List<ClusterObject> space) {
            throw new AssertionError("offboarding makes nothing");
        }

        @Override
        public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
            return cluster.get(apiVersion, kind, namespace, name);
        }

        @Override
        public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
            return cluster.list(apiVersion, kind, namespace, label, value);
        }

        @Override
        public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
            Effect effect = cluster.delete(apiVersion, kind, namespace, name, labels);
            life.spend();
            return effect;
        }

        @Override
        public void check() {
            cluster.check();
        }
    }

    private record MortalJobs(JobServer jobs, Life life) implements JobServer {
        @Override
        public List<Effect> ensureFolder(Tenant tenant) {
            throw new AssertionError("offboarding makes nothing");
        }

        @Override
        public List<Effect> ensureJob(Tenant tenant, Service service) {
            throw new AssertionError("offboarding makes nothing");
        }

        @Override
        public List<String> foreign(Tenant tenant) {
            return jobs.foreign(tenant);
        }

        @Override
        public List<Effect> removeJob(Tenant tenant, Service service) {
            List<Effect> effects = jobs.removeJob(tenant, service);
            life.spend();
            return effects;
        }

        @Override
        public List<Effect> removeFolder(Tenant tenant) {
            tenant.services().forEach(service -> removeJob(tenant, service));
            List<Effect> effects = jobs.removeFolder(tenant);
            life.spend();
            return effects;
        }
    }

    /** Begins removals like any other; what remains is for the test to say. */
    private class Scripted implements Deployments {
        private final Deployments direct;

        Scripted(Cluster cluster) {
            this.direct = deployments(cluster);
        }

        @Override
        public List<Effect> ensure(
                Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
            throw new AssertionError("offboarding makes nothing");
        }

        @Override
        public List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
            return direct.remove(tenant, service, environment);
        }

        @Override
        public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
            return direct.remaining(tenant, service, environment);
        }

        @Override
        public List<String> foreign(Tenant tenant) {
            return direct.foreign(tenant);
        }

        @Override
        public List<Effect> removeProject(Tenant tenant, EnvironmentName environment) {
            return direct.removeProject(tenant, environment);
        }

        @Override
        public RolloutStatus follow(RolloutTarget target) {
            throw new AssertionError("offboarding follows nothing");
        }

        @Override
        public AutoCloseable watch(RolloutTarget target, Runnable listener) {
            throw new AssertionError("offboarding follows nothing");
        }

        @Override
        public void check() {
            direct.check();
        }
    }
}
