package io.imaas.catalog;

import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What tenants' files said when they were last right, for whoever goes on serving a platform while some are broken. A tenant
 * whose files are broken is served as before, beside the others as their files say now. Where it had what another tenant
 * claims by now, it is left out.
 */
public final class LastGood {
    private final Consumer<BrokenTenant> told;

    /** Path to text of what was read last, of broken tenants as it was before; of those that never were right nothing. */
    private Map<String, String> texts = Map.of();

    private Read<Catalog> last;
    private Catalog served;

    /** @param told hears of each tenant once, when its files become broken or are so in another way */
    public LastGood(Consumer<BrokenTenant> told) {
        this.told = told;
    }

    /**
     * What is served, after the files were read again.
     *
     * @param now path to text of all files that could be read
     * @throws io.imaas.model.failure.FailureException INPUT with every problem when an error is in a file of all tenants
     */
    @SuppressWarnings("ReferenceEquality") // the same commit is read again and again, and gives the same value
    public synchronized Catalog of(Read<Catalog> read, Map<String, String> now, KnownFiles known) {
        if (read != last) {
            Catalog rest = read.orRest();
            Set<String> broken = names(rest);
            Map<String, String> good = new TreeMap<>(now);
            good.keySet().removeIf(path -> CatalogReader.isOf(broken, path));
            texts.forEach((path, text) -> {
                if (CatalogReader.isOf(broken, path)) {
                    good.put(path, text);
                }
            });
            texts = good;
            List<BrokenTenant> before = served == null ? List.of() : served.broken();
            served = broken.isEmpty() ? rest : keeping(rest, broken, known);
            last = read;
            served.broken().stream().filter(one -> !before.contains(one)).forEach(told);
        }
        return served;
    }

    private Catalog keeping(Catalog rest, Set<String> broken, KnownFiles known) {
        Set<String> kept = texts.keySet().stream()
                .flatMap(path -> BrokenTenants.tenant(path).stream())
                .filter(broken::contains)
                .collect(Collectors.toSet());
        Optional<Catalog> whole = all(broken, kept, known);
        // A tenant is left out if another one now has what it had, or if the platform's rules now forbid it.
        boolean refused = whole.isPresent() && kept.removeAll(names(whole.get()));
        return (refused ? all(broken, kept, known) : whole)
                .map(found -> {
                    List<BrokenTenant> told = new ArrayList<>(found.broken());
                    rest.broken().forEach(one -> told.add(kept.contains(one.name()) ? one.asKept() : one));
                    return found.with(told);
                })
                .orElse(rest);
    }

    private Optional<Catalog> all(Set<String> broken, Set<String> kept, KnownFiles known) {
        Set<String> closed = new HashSet<>(broken);
        closed.removeAll(kept);
        Read<Catalog> read = CatalogReader.read(texts, Map.of(), closed, known);
        return read instanceof Read.Bad<Catalog> bad ? bad.rest() : read.found();
    }

    private static Set<String> names(Catalog catalog) {
        return catalog.broken().stream().map(BrokenTenant::name).collect(Collectors.toSet());
    }
}
