package io.imaas.jenkins.world;

import io.imaas.adapter.management.AddressPattern;
import io.imaas.adapter.management.Expectation;
import io.imaas.adapter.management.Expectation.ExpectedCar;
import io.imaas.adapter.management.ManagementAccess;
import io.imaas.adapter.management.ManagementProbe;
import io.imaas.jenkins.config.ClusterServer;
import io.imaas.jenkins.config.RolloutServer;
import io.imaas.jenkins.config.RuntimeProbe;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.ServiceProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a service for the very CAR that its image was made of, which the image's labels name. Of an older image without
 * such a label it asks only that nothing is faulty.
 */
final class LoadedCarsProbe implements ServiceProbe, AutoCloseable {
    private static final String CAR = "io.imaas.car";

    private final AddressPattern addresses;
    private final Function<RolloutTarget, Optional<Map<String, String>>> labels;
    private final ManagementProbe probe;

    private LoadedCarsProbe(
            AddressPattern addresses,
            ManagementAccess access,
            Function<RolloutTarget, Optional<Map<String, String>>> labels) {
        this.addresses = addresses;
        this.labels = labels;
        this.probe = new ManagementProbe(access, this::expected);
    }

    /**
     * The probe that a server is configured with, if it is.
     *
     * @param labels of a target's image; empty when its service does not stay and can't be asked
     */
    static Optional<LoadedCarsProbe> of(
            RolloutServer server,
            BackendSecrets secrets,
            Function<RolloutTarget, Optional<Map<String, String>>> labels) {
        if (!(server instanceof ClusterServer cluster) || cluster.getProbe() == null) {
            return Optional.empty();
        }
        RuntimeProbe wanted = cluster.getProbe();
        AddressPattern addresses =
                wanted.getAddress().isEmpty() ? AddressPattern.USUAL : new AddressPattern(wanted.getAddress());
        ManagementAccess access = ManagementAccess.of(secrets.probeUser(), secrets.probePassword())
                .trusting(wanted.getCertificates(), wanted.getHostName());
        return Optional.of(new LoadedCarsProbe(addresses, access, labels));
    }

    @Override
    public ProbeResult ask(RolloutTarget target) {
        try {
            return probe.ask(target);
        } catch (FailureException e) {
            // The registry's trouble, and it may be over when it is asked again.
            return new ProbeResult.Silent(e.failure().sentence());
        }
    }

    private Optional<Expectation> expected(RolloutTarget target) {
        return labels.apply(target).map(known -> {
            String car = known.getOrDefault(CAR, "");
            return new Expectation(addresses.at(target), car.isEmpty() ? List.of() : List.of(ExpectedCar.parse(car)));
        });
    }

    @Override
    public void close() {
        probe.close();
    }
}
