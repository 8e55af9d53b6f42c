package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Commit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the platform's files named before and name no more, without a tombstone whose day had come. Nothing deletes it, it
 * runs on, and nobody keeps it as it should be.
 */
public final class Vanished {
    /** How many versions of a tenant's file are looked at. */
    private static final int LOOK_BACK = 20;

    private static final BranchName MAIN = new BranchName("main");

    private Vanished() {}

    /** @param today in the platform's time zone: what was offboarded by then may go from the files */
    public static List<Problem> between(Catalog before, Catalog after, LocalDate today) {
        Map<TenantName, Tenant> now = new HashMap<>();
        after.tenants().forEach(tenant -> now.put(tenant.name(), tenant));
        return before.tenants().stream()
                .filter(tenant -> !tenant.equals(now.get(tenant.name())))
                .flatMap(tenant -> of(tenant, Optional.ofNullable(now.get(tenant.name())), today, "").stream())
                .toList();
    }

    /** The same of one tenant and all that its file said before, each with the commit that took it out. */
    public static List<Problem> inHistory(
            PlatformRepository platform, TenantName name, Optional<Tenant> now, Platform rules) {
        String path = CatalogReader.fileOf(name);
        Map<String, Problem> found = new LinkedHashMap<>();
        if (platform.repository().head(MAIN).isEmpty()) {
            return List.of();
        }
        for (Commit commit : platform.repository().history(MAIN, path, LOOK_BACK)) {
            String by = " (commit " + commit.id().abbreviated() + " by " + commit.author() + ")";
            commit.parents().stream()
                    .findFirst()
                    .flatMap(parent -> tenantAt(platform, parent, path))
                    .map(before -> of(before, now, rules.dayOf(commit.at()), by))
                    .orElse(List.of())
                    .forEach(problem -> found.putIfAbsent(problem.what().replace(by, ""), problem));
        }
        return List.copyOf(found.values());
    }

    private static Optional<Tenant> tenantAt(PlatformRepository platform, CommitId commit, String path) {
        Map<String, String> files = new HashMap<>();
        var texts = platform.repository().readText(commit, List.of("platform.yaml", path));
        texts.paths().forEach(file -> files.put(file, texts.find(file).orElseThrow()));
        return CatalogReader.tenant(files, path);
    }

    private static List<Problem> of(Tenant before, Optional<Tenant> after, LocalDate today, String by) {
        String tenant = "tenant " + before.name();
        if (before.offboarding().isDue(today)) {
            return List.of();
        }
        if (after.isEmpty()) {
            return List.of(problem(before, tenant, "the whole file", by));
        }
        Tenant now = after.get();
        List<Problem> problems = new ArrayList<>();
        for (Environment environment : before.environments()) {
            if (now.environment(environment.name()).isEmpty()
                    && !environment.offboarding().isDue(today)) {
                problems.add(
                        problem(before, "environment " + environment.name() + " of " + tenant, "its environment", by));
            }
        }
        for (Service service : before.services()) {
            Optional<Service> staying = now.service(service.name());
            if (staying.isEmpty() && !service.offboarding().isDue(today)) {
                problems.add(problem(before, "service " + service.name() + " of " + tenant, "its service", by));
            }
            staying.ifPresent(known -> service.environments().stream()
                    .filter(environment -> now.environment(environment).isPresent()
                            && !known.environments().contains(environment))
                    .forEach(environment -> problems.add(problem(
                            before,
                            "service " + service.name() + " of " + tenant + " in " + environment,
                            "the environment of its service",
                            by))));
        }
        return problems;
    }

    private static Problem problem(Tenant tenant, String who, String what, String by) {
        return Problem.warning(
                "vanished",
                Location.of(CatalogReader.fileOf(tenant.name())),
                who + " is removed from the files without 'offboarding'" + by
                        + ": what it has stays, and nobody keeps it any more",
                "put " + what + " back; to have it deleted, add 'offboarding: {from: DATE, reason: TEXT}' to it");
    }
}
