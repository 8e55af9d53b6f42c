package io.imaas.plan.gate;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names what an approval is a yes to: the manifests that the cluster would get, whatever file they come from. Where the
 * deployment server renders by itself, it is all that it reads for that.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static String of(Candidate candidate, Snapshot facts) {
        return of(candidate.environment().name(), candidate.source(), facts);
    }

    /** @param coming the service as it would be */
    public static String of(EnvironmentName environment, ServiceState coming, Snapshot facts) {
        ServiceName service = coming.service();
        Optional<ChartInputs> inputs = inputs(service, facts);
        Optional<String> manifests = facts.render(service)
                .filter(render -> inputs.isEmpty() && !render.manifests().all().isEmpty())
                .map(render -> render.manifests().hash());
        return manifests
                .map(hash -> ofManifests(service, environment, hash))
                .orElseGet(() -> ofFiles(
                        environment,
                        inputs.orElseGet(() -> ChartInputs.of(
                                service, environment, ChartInputs.brought(coming), folder -> Map.of()))));
    }

    /** What the deployment server reads of a service; empty where it gets manifests. */
    public static Optional<ChartInputs> inputs(ServiceName service, Snapshot facts) {
        return facts.all(ChartInputs.class)
                .filter(known -> known.service().equals(service))
                .findFirst();
    }

    /** The same of manifests that were rendered before. */
    public static String ofManifests(ServiceName service, EnvironmentName environment, String hash) {
        return digest(service, environment, "manifests", hash);
    }

    /** The same where nobody renders. */
    public static String ofFiles(EnvironmentName environment, ChartInputs inputs) {
        return digest(
                inputs.service(),
                environment,
                inputs.files().entrySet().stream()
                        .flatMap(file -> Stream.of(file.getKey(), file.getValue()))
                        .toArray(String[]::new));
    }

    private static String digest(ServiceName service, EnvironmentName environment, String... content) {
        List<String> parts = new ArrayList<>(List.of(service.value(), environment.value()));
        parts.addAll(Arrays.asList(content));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                sha.update((byte) ':');
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
