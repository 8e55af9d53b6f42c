package io.imaas.cli.help;

import io.imaas.cli.help.KnownNames.Known;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names that fit what a line says already: those of its tenant, and the environments and releases of its services. */
record NamesInScope(List<String> tenants, List<String> services, List<String> environments, List<String> releases) {
    static final NamesInScope NONE = new NamesInScope(List.of(), List.of(), List.of(), List.of());

    /** @param tenant empty: any
     * @param given words, of which some may be services */
    static NamesInScope of(List<Known> all, String tenant, List<String> given) {
        List<Known> own = all.stream()
                .filter(one -> tenant.isEmpty() || one.tenant().equals(tenant))
                .toList();
        Predicate<Known> named = one -> given.contains(one.service());
        boolean any = own.stream().anyMatch(named);
        List<Known> meant = any ? own.stream().filter(named).toList() : own;
        return new NamesInScope(
                names(all.stream().map(Known::tenant)),
                names(own.stream().map(Known::service)).stream()
                        .filter(one -> !one.isEmpty())
                        .toList(),
                meant.stream()
                        .flatMap(one -> one.environments().stream())
                        .distinct()
                        .toList(),
                meant.stream()
                        .flatMap(one -> one.releases().stream())
                        .distinct()
                        .toList());
    }

    private static List<String> names(Stream<String> names) {
        return names.distinct().sorted().toList();
    }
}
