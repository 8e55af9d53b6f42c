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
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Workloads that are to look broken, so that one can see what a bad release does without a cluster: a YAML map from
 * {@code namespace/name}, or {@code namespace/name@sha256:…} for one image alone, to the reason. A reason that begins
 * with {@link #SLOW} makes a workload that is not ready yet and not given up either.
 */
public final class Faults {
    public static final String SLOW = "slow:";

    private final Path file;

    Faults(Path file) {
        this.file = file;
    }

    /**
     * Breaks a workload until {@link #fix}.
     *
     * @param digest of the image that is bad, or empty when whatever runs there looks broken
     */
    public synchronized void script(String namespace, String name, String digest, String reason) {
        Map<String, Object> faults = read();
        faults.put(key(namespace, name, digest), reason);
        write(faults);
    }

    public synchronized void fix(String namespace, String name, String digest) {
        Map<String, Object> faults = read();
        if (faults.remove(key(namespace, name, digest)) != null) {
            write(faults);
        }
    }

    synchronized Optional<String> of(String namespace, String name, List<String> images) {
        Map<String, Object> faults = read();
        String any = key(namespace, name, "");
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

    private static String key(String namespace, String name, String digest) {
        return namespace + "/" + name + (digest.isEmpty() ? "" : "@" + digest);
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

    private void write(Map<String, Object> faults) {
        try {
            DumpSettings settings =
                    DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
            AtomicFile.write(file, new Dump(settings).dumpToString(faults));
        } catch (IOException e) {
            throw FailureException.external("the faults cannot be written: " + Reason.of(e), file.toString(), "", e);
        }
    }
}
