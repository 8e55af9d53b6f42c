package io.imaas.plan.gate;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Names what an approval is a yes to: the manifests that the cluster would get, whatever file they come from. Where nobody
 * renders, it is the release and its common values.
 */
public final class Fingerprint {
    private Fingerprint() {}

    public static String of(Candidate candidate, Snapshot facts) {
        return of(candidate.environment().name(), candidate.source(), facts);
    }

    /** @param coming the service as it would be */
    public static String of(EnvironmentName environment, ServiceState coming, Snapshot facts) {
        String manifests = facts.render(coming.service())
                .filter(render -> !render.manifests().all().isEmpty())
                .map(render -> render.manifests().hash())
                .orElse(null);
        return manifests == null
                ? ofFiles(coming.service(), environment, coming.releaseFile(), coming.valuesFile())
                : ofManifests(coming.service(), environment, manifests);
    }

    /** The same of manifests that were rendered before. */
    public static String ofManifests(ServiceName service, EnvironmentName environment, String hash) {
        return digest(service, environment, "manifests", hash);
    }

    /** The same where nobody renders; null where there are no common values. */
    public static String ofFiles(ServiceName service, EnvironmentName environment, String release, String values) {
        return digest(service, environment, release, values);
    }

    private static String digest(ServiceName service, EnvironmentName environment, String... content) {
        List<String> parts = new ArrayList<>(List.of(service.value(), environment.value()));
        parts.addAll(Arrays.asList(content));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
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
