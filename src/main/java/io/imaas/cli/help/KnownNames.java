package io.imaas.cli.help;

import io.imaas.model.image.Digest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of tenants, services, environments and releases that commands saw, so that a shell completes them at once and
 * without a network. Kept in the cache; nothing but completion reads them, and they may be missing or old.
 *
 * @param file of one platform or GitOps repository: a line for each tenant and each service
 */
public record KnownNames(Path file) {
    private static final int RELEASES = 20;

    /**
     * A tenant, or one of its services.
     *
     * @param service empty: the tenant as a whole
     * @param environments in the order of the promotion path
     * @param releases versions, newest first
     */
    record Known(String tenant, String service, List<String> environments, List<String> releases) {
        private String line() {
            return tenant + "/" + service + " " + String.join(",", environments) + " " + String.join(",", releases);
        }

        private boolean is(String otherTenant, String otherService) {
            return tenant.equals(otherTenant) && service.equals(otherService);
        }
    }

    /** @param where the platform repository, or the GitOps repository where there is none */
    public static KnownNames of(Path cache, String where) {
        return new KnownNames(cache.resolve("names").resolve(hash(where)));
    }

    /** Keeps the names of the metadata. That it fails is not a failure of the command. */
    public void keep(Catalog catalog) {
        List<Known> before = all();
        List<Known> now = new ArrayList<>();
        for (Tenant tenant : catalog.tenants()) {
            String name = tenant.name().value();
            now.add(new Known(name, "", values(tenant.environments().stream().map(one -> one.name())), List.of()));
            for (Service service : tenant.services()) {
                String own = service.name().value();
                List<String> releases = before.stream()
                        .filter(one -> one.is(name, own))
                        .findFirst()
                        .map(Known::releases)
                        .orElse(List.of());
                now.add(new Known(name, own, values(service.environments().stream()), releases));
            }
        }
        write(before, now);
    }

    /** Keeps a service's releases beside what the metadata says of it. */
    public void keep(TenantName tenant, ServiceName service, Collection<String> versions) {
        List<Known> before = all();
        List<String> releases = versions.stream()
                .filter(version -> version.matches("[\\w.+-]+"))
                .distinct()
                .limit(RELEASES)
                .toList();
        write(
                before,
                before.stream()
                        .map(one -> one.is(tenant.value(), service.value())
                                ? new Known(one.tenant(), one.service(), one.environments(), releases)
                                : one)
                        .toList());
    }

    /** Everything that is known; empty when nothing was kept. */
    List<Known> all() {
        try {
            return Files.isRegularFile(file)
                    ? Files.readAllLines(file).stream()
                            .flatMap(KnownNames::read)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Stream<Known> read(String line) {
        String[] parts = line.split("[ /]", -1);
        return parts.length == 4
                ? Stream.of(new Known(parts[0], parts[1], names(parts[2]), names(parts[3])))
                : Stream.empty();
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private void write(List<Known> before, List<Known> now) {
        try {
            if (!before.equals(now)) {
                Files.createDirectories(file.getParent());
                Files.write(file, now.stream().map(Known::line).toList());
            }
        } catch (IOException e) {
            // A cache that can't be written is told by whoever needs it.
            return;
        }
    }

    private static List<String> values(Stream<EnvironmentName> names) {
        return names.map(EnvironmentName::value).collect(Collectors.toList());
    }

    private static String hash(String text) {
        return Digest.of(text).hex().substring(0, 16);
    }
}
