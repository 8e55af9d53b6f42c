package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one pod counts with, as Kubernetes reckons (kubernetes.io, "Init Containers", "Sidecar Containers", "Pod
 * Overhead"): containers run together; an init container runs alone, beside the sidecars that were started before it; of
 * the two the larger counts; the overhead comes on top.
 */
final class PodDemand {
    private static final ContainerDefaults USUAL = ContainerDefaults.USUAL;

    private PodDemand() {}

    static Demand of(PodSpec pod) {
        Demand together = Demand.NONE;
        for (Container container : pod.getContainers()) {
            together = together.plus(of(container));
        }
        Demand sidecars = Demand.NONE;
        Demand starting = Demand.NONE;
        List<Container> first = pod.getInitContainers() == null ? List.of() : pod.getInitContainers();
        for (Container container : first) {
            boolean sidecar = "Always".equals(container.getRestartPolicy());
            starting = starting.max(sidecars.plus(of(container)));
            sidecars = sidecar ? sidecars.plus(of(container)) : sidecars;
        }
        Demand most = whole(pod.getResources(), together.plus(sidecars).max(starting));
        return overhead(pod, most);
    }

    private static Demand of(Container container) {
        ResourceRequirements resources = container.getResources();
        return new Demand(
                0,
                given(resources, "cpu", USUAL.cpu()),
                given(resources, "memory", USUAL.memory()),
                limit(resources, "memory").orElseGet(() -> Quantity.parse(USUAL.memoryLimit())));
    }

    /** Where only a limit is given it is the request as well. */
    private static Quantity given(ResourceRequirements resources, String name, String otherwise) {
        return request(resources, name).or(() -> limit(resources, name)).orElseGet(() -> Quantity.parse(otherwise));
    }

    /** A pod may speak for all its containers. */
    private static Demand whole(ResourceRequirements pod, Demand sum) {
        return new Demand(
                1,
                request(pod, "cpu").or(() -> limit(pod, "cpu")).orElse(sum.cpu()),
                request(pod, "memory").or(() -> limit(pod, "memory")).orElse(sum.memory()),
                limit(pod, "memory").orElse(sum.memoryLimit()));
    }

    private static Demand overhead(PodSpec pod, Demand sum) {
        Map<String, io.fabric8.kubernetes.api.model.Quantity> more =
                pod.getOverhead() == null ? Map.of() : pod.getOverhead();
        Quantity memory = read(more, "memory").orElse(Quantity.ZERO);
        return new Demand(
                sum.pods(),
                sum.cpu().plus(read(more, "cpu").orElse(Quantity.ZERO)),
                sum.memory().plus(memory),
                sum.memoryLimit().plus(memory));
    }

    private static Optional<Quantity> request(ResourceRequirements resources, String name) {
        return resources == null ? Optional.empty() : read(resources.getRequests(), name);
    }

    private static Optional<Quantity> limit(ResourceRequirements resources, String name) {
        return resources == null ? Optional.empty() : read(resources.getLimits(), name);
    }

    private static Optional<Quantity> read(Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts, String name) {
        return Optional.ofNullable(amounts).map(known -> known.get(name)).map(amount -> {
            String text = amount.getAmount() + (amount.getFormat() == null ? "" : amount.getFormat());
            Quantity asked = Quantity.parse(text);
            if (asked.compareTo(Quantity.ZERO) < 0) {
                // It would take away from what others ask for.
                throw FailureException.input(
                        "it can't be counted with " + name + ": " + text, "ask for no less than 0");
            }
            return asked;
        });
    }
}
