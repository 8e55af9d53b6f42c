package io.imaas.catalog;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.BrokenTenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whose files the errors are in: one tenant's mistake does not touch another. */
final class BrokenTenants {
    private static final Pattern OF_A_TENANT = Pattern.compile(
            "(?i)(?:tenants/(?<folder>[^/]+)\\.yaml/.+|tenants?/(?:.+/)?(?<file>[^/]+)\\.ya?ml|adopt/(?<adopted>[^/]+)/.+)");

    private BrokenTenants() {}

    /**
     * @param shared file of a tenant to the places in others' files that claim the same thing: whose it is, nobody knows
     * @return empty when an error is in a file that all tenants depend on
     */
    static Optional<List<BrokenTenant>> of(List<Problem> problems, Map<String, List<Location>> shared) {
        Map<String, List<Problem>> broken = new TreeMap<>();
        for (Problem error : problems) {
            if (!error.isError()) {
                continue;
            }
            Optional<String> tenant = tenant(error.where().file());
            if (tenant.isEmpty()) {
                return Optional.empty();
            }
            broken.computeIfAbsent(tenant.get(), name -> new ArrayList<>()).add(error);
        }
        shared.forEach((file, places) -> {
            List<Problem> there = problems.stream()
                    .filter(error -> error.isError() && places.contains(error.where()))
                    .toList();
            tenant(file).ifPresent(name -> broken.putIfAbsent(name, there));
        });
        return Optional.of(broken.entrySet().stream()
                .map(one -> new BrokenTenant(one.getKey(), one.getValue(), false))
                .toList());
    }

    /** Whose file it is, be it misplaced; empty when it is no tenant's. */
    static Optional<String> tenant(String file) {
        Matcher form = OF_A_TENANT.matcher(file);
        return form.matches()
                ? Stream.of("folder", "file", "adopted")
                        .map(form::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
    }
}
