package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What would keep an admin from emptying a node: a budget that lets no pod go, and a pod that takes for ever to end. */
final class NodeDrains {
    /** What the chart's schema allows at the most. */
    private static final int LONGEST_END = 3600;

    private static final Pattern SHARE = Pattern.compile("(\\d{1,9})(%?)");

    private NodeDrains() {}

    /** The fields of an object that would. */
    static List<Field> blocked(Manifests all, Manifest manifest, Field root) {
        Stream.Builder<Field> found = Stream.builder();
        root.everywhere(field -> {
            if (field.key().equals("terminationGracePeriodSeconds")
                    && field.value() instanceof Number seconds
                    && seconds.longValue() > LONGEST_END) {
                found.add(field);
            }
        });
        Field spec = root.at("spec");
        if (manifest.kind().equals("PodDisruptionBudget")) {
            Field most = spec.at("maxUnavailable");
            Field least = spec.at("minAvailable");
            int pods = pods(all, spec.at("selector", "matchLabels"));
            if (most.isThere() && of(most, 100).filter(may -> may > 0).isEmpty()) {
                found.add(most);
            }
            if (least.isThere()
                    && of(least, pods).filter(must -> must < Math.max(1, pods)).isEmpty()) {
                found.add(least);
            }
        }
        return found.build().toList();
    }

    /** Kubernetes rounds shares up. Empty when it is neither a number nor a share. */
    private static Optional<Long> of(Field amount, int pods) {
        Matcher parts = SHARE.matcher(amount.text());
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return Optional.of(parts.group(2).isEmpty() ? number : (number * pods + 99) / 100);
    }

    /** How many pods of the service's Deployments the labels select at least. */
    private static int pods(Manifests all, Field labels) {
        return all.all().stream()
                .filter(manifest -> manifest.kind().equals("Deployment"))
                .filter(manifest -> {
                    Field own = new Field("", manifest.fields()).at("spec", "template", "metadata", "labels");
                    return labels.value() instanceof Map<?, ?> wanted
                            && own.value() instanceof Map<?, ?> given
                            && given.entrySet().containsAll(wanted.entrySet());
                })
                .mapToInt(manifest -> fewest(all, manifest))
                .sum();
    }

    private static int fewest(Manifests all, Manifest deployment) {
        return all.all().stream()
                                .filter(manifest -> manifest.kind().equals("HorizontalPodAutoscaler"))
                                .map(manifest -> new Field("", manifest.fields()).at("spec"))
                                .filter(scaler ->
                                        scaler.at("scaleTargetRef", "name").is(deployment.name()))
                                .map(scaler -> scaler.at("minReplicas"))
                                .findFirst()
                                .orElseGet(() -> new Field("", deployment.fields()).at("spec", "replicas"))
                                .value()
                        instanceof Integer number
                ? number
                : 1;
    }
}
