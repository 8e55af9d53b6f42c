package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.imaas.model.kubernetes.Manifest;
import java.util.List;
import java.util.Optional;

/** How many pods of a workload run, whoever says so: the workload itself, or its autoscaler. */
final class Replicas {
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
                .findFirst());
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
