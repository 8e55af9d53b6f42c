package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Workload;
import io.imaas.port.Remembered;
import io.imaas.port.Workloads;
import java.util.Comparator;
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

    /** Pods of one workload. */
    private static final int MOST = 10_000;

    private final Remembered<List<String>, List<Workload>> known = new Remembered<>(REMEMBERED);

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
        return switch (manifest.kind()) {
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
                yield workload(manifest, spec.getTemplate().getSpec(), replicas.most(spec.getReplicas()), false, "");
            }
            case "ReplicaSet" -> {
                var spec = read(manifest, ReplicaSet.class).getSpec();
                yield workload(manifest, spec.getTemplate().getSpec(), replicas.most(spec.getReplicas()), false, "");
            }
            case "DaemonSet" ->
                workload(
                        manifest,
                        read(manifest, DaemonSet.class).getSpec().getTemplate().getSpec(),
                        1,
                        false,
                        "a DaemonSet is counted as one pod, not as one a node");
            case "Job" -> job(manifest, read(manifest, Job.class).getSpec(), false, "");
            case "CronJob" -> cronJob(manifest, read(manifest, CronJob.class).getSpec());
            case "Pod" -> workload(manifest, read(manifest, Pod.class).getSpec(), 1, false, "");
            default -> Optional.empty();
        };
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
            Demand demand = PodDemand.of(pod);
            if (replicas < 0 || replicas > MOST) {
                throw FailureException.input(
                        "it can't be counted with " + replicas + " pods", "ask for 0 to " + MOST + " of them");
            }
            return Optional.of(new Workload(manifest.kind(), manifest.name(), demand, replicas, surges, remark));
        } catch (FailureException e) {
            throw FailureException.input(
                    e.failure().what(), manifest.id(), e.failure().suggestion());
        }
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

    /** How many pods of a workload run, whoever says so: the workload itself, or its autoscaler. */
    private static final class Replicas {
        private final Optional<HorizontalPodAutoscaler> scaler;

        private Replicas(Optional<HorizontalPodAutoscaler> scaler) {
            this.scaler = scaler;
        }

        static Replicas of(Manifest manifest, List<HorizontalPodAutoscaler> scalers) {
            return new Replicas(scalers.stream()
                    .filter(candidate -> {
                        var target = candidate.getSpec().getScaleTargetRef();
                        return manifest.kind().equals(target.getKind())
                                && manifest.name().equals(target.getName());
                    })
                    .max(Comparator.comparing(known -> known.getSpec().getMaxReplicas())));
        }

        int most(Integer declared) {
            return scaler.map(known -> known.getSpec().getMaxReplicas()).orElseGet(() -> usual(declared));
        }

        private int least(Integer declared) {
            return scaler.map(known -> usual(known.getSpec().getMinReplicas())).orElseGet(() -> usual(declared));
        }

        /**
         * Whether a rolling update starts a pod before it ends one: when it may not do with fewer pods than wanted. By default
         * a quarter may be missing, rounded down (Kubernetes' API reference, DeploymentSpec).
         */
        boolean surge(DeploymentSpec spec) {
            var strategy = spec.getStrategy();
            if (strategy != null && "Recreate".equals(strategy.getType())) {
                return false;
            }
            RollingUpdateDeployment rolling = strategy == null ? null : strategy.getRollingUpdate();
            int wanted = least(spec.getReplicas());
            int missing = share(rolling == null ? null : rolling.getMaxUnavailable(), wanted, false);
            int more = share(rolling == null ? null : rolling.getMaxSurge(), wanted, true);
            // Where both come to nothing, Kubernetes lets one be missing.
            return missing == 0 && more > 0;
        }

        private static int share(IntOrString given, int of, boolean up) {
            if (given != null && given.getIntVal() != null) {
                return given.getIntVal();
            }
            String percent = given == null || given.getStrVal() == null ? "25%" : given.getStrVal();
            double share = Integer.parseInt(percent.replace("%", "").strip()) * of / 100.0;
            return (int) (up ? Math.ceil(share) : Math.floor(share));
        }

        private static int usual(Integer given) {
            return given == null ? 1 : given;
        }
    }
}
