package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Workload;
import io.imaas.port.Remembered;
import io.imaas.port.Workloads;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts what manifests would run. An autoscaler counts with its upper end, a CronJob with one run at a time, and a
 * DaemonSet with one pod, since nobody here knows the nodes; the last two say so.
 */
public final class ManifestWorkloads implements Workloads {
    /** Some ten kilobytes of text each as a rule. */
    private static final int REMEMBERED = 512;

    private final PodDemand pods;
    private final Remembered<List<String>, List<Workload>> known = new Remembered<>(REMEMBERED);

    /** @param defaults what containers get that say nothing */
    public ManifestWorkloads(ContainerDefaults defaults) {
        this.pods = new PodDemand(defaults);
    }

    /** Whatever comes into an environment is weighed with all that runs there, most of which is as it was. */
    @Override
    public List<Workload> of(List<Manifest> manifests) {
        try {
            return known.answer(manifests.stream().map(Manifest::yaml).toList(), () -> counted(manifests));
        } catch (NullPointerException missing) {
            // The library's values have null for what is missing, at any depth.
            throw FailureException.input(
                    "a part that Kubernetes needs is missing: "
                            + manifests.stream().map(Manifest::id).collect(Collectors.joining(", ")),
                    "",
                    "fix the chart or its values");
        }
    }

    private List<Workload> counted(List<Manifest> manifests) {
        List<HorizontalPodAutoscaler> scalers = manifests.stream()
                .filter(manifest -> manifest.kind().equals("HorizontalPodAutoscaler"))
                .map(manifest -> read(manifest, HorizontalPodAutoscaler.class))
                .toList();
        return manifests.stream()
                .flatMap(manifest -> workload(manifest, scalers).stream())
                .toList();
    }

    private Optional<Workload> workload(Manifest manifest, List<HorizontalPodAutoscaler> scalers) {
        Replicas replicas = Replicas.of(manifest, scalers);
        Optional<Workload> found =
                switch (manifest.kind()) {
                    case "Deployment" -> {
                        var spec = read(manifest, Deployment.class).getSpec();
                        yield workload(
                                manifest,
                                spec.getTemplate().getSpec(),
                                replicas.most(spec.getReplicas()),
                                replicas.surge(spec),
                                "");
                    }
                    case "StatefulSet" -> {
                        var spec = read(manifest, StatefulSet.class).getSpec();
                        yield workload(
                                manifest, spec.getTemplate().getSpec(), replicas.most(spec.getReplicas()), false, "");
                    }
                    case "ReplicaSet" -> {
                        var spec = read(manifest, ReplicaSet.class).getSpec();
                        yield workload(
                                manifest, spec.getTemplate().getSpec(), replicas.most(spec.getReplicas()), false, "");
                    }
                    case "DaemonSet" ->
                        workload(
                                manifest,
                                read(manifest, DaemonSet.class)
                                        .getSpec()
                                        .getTemplate()
                                        .getSpec(),
                                1,
                                false,
                                "a DaemonSet is counted as one pod, not as one a node");
                    case "Job" -> job(manifest, read(manifest, Job.class).getSpec(), false, "");
                    case "CronJob" ->
                        cronJob(manifest, read(manifest, CronJob.class).getSpec());
                    case "Pod" -> workload(manifest, read(manifest, Pod.class).getSpec(), 1, false, "");
                    default -> Optional.empty();
                };
        return found.filter(workload -> !isTest(manifest));
    }

    private Optional<Workload> cronJob(Manifest manifest, CronJobSpec spec) {
        boolean overlaps = spec.getConcurrencyPolicy() == null
                || spec.getConcurrencyPolicy().equals("Allow");
        return job(
                manifest,
                spec.getJobTemplate().getSpec(),
                Boolean.TRUE.equals(spec.getSuspend()),
                overlaps ? "runs of a CronJob that overlap are counted once" : "");
    }

    private Optional<Workload> job(Manifest manifest, JobSpec spec, boolean suspended, String remark) {
        int parallel = spec.getParallelism() == null ? 1 : spec.getParallelism();
        int atOnce = spec.getCompletions() == null ? parallel : Math.min(parallel, spec.getCompletions());
        boolean idle = suspended || Boolean.TRUE.equals(spec.getSuspend());
        return workload(manifest, spec.getTemplate().getSpec(), idle ? 0 : atOnce, false, remark);
    }

    private Optional<Workload> workload(Manifest manifest, PodSpec pod, int replicas, boolean surges, String remark) {
        try {
            Demand demand = pods.of(pod);
            return Optional.of(new Workload(manifest.kind(), manifest.name(), demand, replicas, surges, remark));
        } catch (FailureException e) {
            throw FailureException.input(
                    e.failure().what(), manifest.id(), e.failure().suggestion());
        }
    }

    /** Helm's own tests run when somebody asks for them. */
    private static boolean isTest(Manifest manifest) {
        if (!manifest.yaml().contains("helm.sh/hook")) {
            return false;
        }
        var metadata = read(manifest, GenericKubernetesResource.class).getMetadata();
        return metadata.getAnnotations() != null
                && metadata.getAnnotations()
                        .getOrDefault("helm.sh/hook", "")
                        .matches("(.*,)?\\s*test(-success|-failure)?\\s*(,.*)?");
    }

    static <T> T read(Manifest manifest, Class<T> type) {
        try {
            return Serialization.unmarshal(manifest.yaml(), type);
        } catch (IllegalArgumentException | io.fabric8.kubernetes.client.KubernetesClientException e) {
            throw FailureException.input(
                    "this is not a " + manifest.kind() + ": " + e.getMessage(),
                    manifest.id(),
                    "fix the chart or its values");
        }
    }
}
