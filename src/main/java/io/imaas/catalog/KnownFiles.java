package io.imaas.catalog;

import io.imaas.model.failure.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tenants' files as they were read last, for whoever reads a platform repository again and again: what did not change is
 * not parsed anew. Safe for use by several threads.
 */
public final class KnownFiles {
    private final Map<String, Parsed> files = new ConcurrentHashMap<>();

    /** @param tenant empty when the text is not a tenant at all */
    record Parsed(String text, Defaults defaults, Optional<TenantDraft> tenant, List<Problem> problems) {}

    /** @param defaults of the platform: with others the same text says something else */
    Parsed tenant(String path, String text, Defaults defaults) {
        return files.compute(
                path,
                (key, known) -> known != null
                                && known.text().equals(text)
                                && known.defaults().equals(defaults)
                        ? known
                        : parsed(path, text, defaults));
    }

    private static Parsed parsed(String path, String text, Defaults defaults) {
        Findings findings = new Findings();
        Optional<TenantDraft> tenant = TenantFile.read(path, text, defaults, findings);
        return new Parsed(text, defaults, tenant, findings.all());
    }

    /** Forgets every other file. */
    void retain(Set<String> paths) {
        files.keySet().retainAll(paths);
    }
}
