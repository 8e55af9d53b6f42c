package io.imaas.dev.local;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Workloads that are to look broken, so that one can see what a bad release does without a cluster: a YAML map that a person
 * writes, from {@code namespace/name}, or {@code namespace/name@sha256:…} for one image alone, to the reason. A reason that
 * begins with {@link #SLOW} makes a workload that is not ready yet and not given up either.
 */
record Faults(Path file) {
    static final String SLOW = "slow:";

    Optional<String> of(String namespace, String name, List<String> images) {
        Map<String, Object> faults = read();
        String any = namespace + "/" + name;
        return faults.entrySet().stream()
                .filter(fault -> fault.getKey().equals(any)
                        || images.stream().anyMatch(image -> fault.getKey().equals(any + digest(image))))
                .map(fault -> String.valueOf(fault.getValue()))
                .findFirst();
    }

    private static String digest(String image) {
        int at = image.indexOf('@');
        return at < 0 ? "" : image.substring(at);
    }

    private Map<String, Object> read() {
        Map<String, Object> faults = new LinkedHashMap<>();
        try {
            if (Files.isRegularFile(file)
                    && new Load(LoadSettings.builder().setLabel(file.toString()).build())
                                    .loadFromString(Files.readString(file))
                            instanceof Map<?, ?> entries) {
                entries.forEach((key, reason) -> faults.put(String.valueOf(key), reason));
            }
            return faults;
        } catch (YamlEngineException e) {
            throw FailureException.input("the faults are not YAML: " + e.getMessage(), file.toString(), "");
        } catch (IOException e) {
            throw FailureException.external("the faults cannot be read: " + Reason.of(e), file.toString(), "", e);
        }
    }
}
