package io.imaas.cli.help;

import io.imaas.model.image.Digest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of tenants, services and environments that the last command saw, so that a shell completes them at once and
 * without a network. Kept in the cache; nothing but completion reads them, and they may be missing or old.
 *
 * @param file of one platform or GitOps repository
 */
public record KnownNames(Path file) {
    /** @param where the platform repository, or the GitOps repository where there is none */
    public static KnownNames of(Path cache, String where) {
        return new KnownNames(cache.resolve("names").resolve(hash(where)));
    }

    /** Keeps them. That it fails is not a failure of the command. */
    public void keep(Catalog catalog) {
        Set<String> names = new TreeSet<>();
        for (Tenant tenant : catalog.tenants()) {
            tenant.services().forEach(service -> names.add(service.name().value()));
            tenant.environments()
                    .forEach(environment -> names.add(environment.name().value()));
        }
        try {
            if (!all().equals(List.copyOf(names))) {
                Files.createDirectories(file.getParent());
                Files.write(file, names);
            }
        } catch (IOException e) {
            // A cache that can't be written is told by whoever needs it.
            return;
        }
    }

    /** The names, sorted; empty when none were kept. */
    List<String> all() {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String hash(String text) {
        return Digest.of(text).hex().substring(0, 16);
    }
}
