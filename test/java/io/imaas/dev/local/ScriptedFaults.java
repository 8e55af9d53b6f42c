package io.imaas.dev.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a local cluster's {@code faults.yaml}, as a person would. */
public final class ScriptedFaults {
    private final Path file;
    private final Map<String, String> faults = new TreeMap<>();

    /** @param cluster the cluster's folder */
    public ScriptedFaults(Path cluster) {
        this.file = cluster.resolve("faults.yaml");
    }

    /** @param workload {@code namespace/name}, with {@code @sha256:…} for one image alone */
    public void script(String workload, String reason) {
        faults.put(workload, reason);
        write();
    }

    public void fix(String workload) {
        faults.remove(workload);
        write();
    }

    private void write() {
        try {
            AtomicFile.write(
                    file,
                    faults.entrySet().stream()
                            .map(fault -> "\"" + fault.getKey() + "\": \"" + fault.getValue() + "\"\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
