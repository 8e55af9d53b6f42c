package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Trust;
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
import java.util.stream.Stream;

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
        Stream<Problem> tenants = before.tenants().stream()
                .filter(tenant -> !after.tenant(tenant.name()).equals(Optional.of(tenant)))
                .flatMap(tenant -> of(tenant, after.tenant(tenant.name()), today).stream())
                .map(gone -> gone.problem(""));
        return Stream.concat(keys(before.platform().trust(), after.platform().trust()), tenants)
                .toList();
    }

    /** Whoever replaces a key easily forgets what the old one signed. */
    private static Stream<Problem> keys(Trust before, Trust after) {
        return before.orchestrators().stream()
                .map(ListedKey::key)
                .filter(key -> !after.lists(key))
                .map(key -> Problem.warning(
                        "vanished",
                        Location.of("platform.yaml"),
                        "the key '" + key.name()
                                + "' is taken off 'orchestrators': no record, approval or commit that it"
                                + " signed counts any more",
                        "if it was replaced, keep its line with 'validTo: TIME'; if it was stolen, this is right"));
    }

    /** The same of one tenant and all that its file said before, each with the commit that took it out. */
    public static List<Problem> inHistory(
            PlatformRepository platform, TenantName name, Optional<Tenant> now, Platform rules) {
        String path = CatalogReader.fileOf(name);
        Map<Gone, Problem> found = new LinkedHashMap<>();
        if (platform.repository().head(MAIN).isEmpty()) {
            return List.of();
        }
        for (Commit commit : platform.repository().history(MAIN, path, LOOK_BACK)) {
            String by = " (commit " + commit.id().abbreviated() + " by " + commit.author() + ")";
            commit.parents().stream()
                    .findFirst()
                    .flatMap(parent -> tenantAt(platform, parent, path))
                    .map(before -> of(before, now, rules.dayOf(commit.at())))
                    .orElse(List.of())
                    .forEach(gone -> found.putIfAbsent(gone, gone.problem(by)));
        }
        return List.copyOf(found.values());
    }

    private static Optional<Tenant> tenantAt(PlatformRepository platform, CommitId commit, String path) {
        Map<String, String> files = new HashMap<>();
        var texts = platform.repository().readText(commit, List.of("platform.yaml", path));
        texts.paths().forEach(file -> files.put(file, texts.find(file).orElseThrow()));
        return CatalogReader.tenant(files, path);
    }

    private static List<Gone> of(Tenant before, Optional<Tenant> after, LocalDate today) {
        TenantName name = before.name();
        String tenant = "tenant " + name;
        if (before.offboarding().isDue(today)) {
            return List.of();
        }
        if (after.isEmpty()) {
            return List.of(new Gone(name, tenant, "the whole file"));
        }
        Tenant now = after.get();
        List<Gone> gone = new ArrayList<>();
        for (Environment environment : before.environments()) {
            if (now.environment(environment.name()).isEmpty()
                    && !environment.offboarding().isDue(today)) {
                gone.add(new Gone(name, "environment " + environment.name() + " of " + tenant, "its environment"));
            }
        }
        for (Service service : before.services()) {
            Optional<Service> staying = now.service(service.name());
            if (staying.isEmpty() && !service.offboarding().isDue(today)) {
                gone.add(new Gone(name, "service " + service.name() + " of " + tenant, "its service"));
            }
            staying.ifPresent(known -> service.environments().stream()
                    .filter(environment -> now.environment(environment).isPresent()
                            && !known.environments().contains(environment))
                    .forEach(environment -> gone.add(new Gone(
                            name,
                            "service " + service.name() + " of " + tenant + " in " + environment,
                            "the environment of its service"))));
        }
        return gone;
    }

    /**
     * Something that is named no more.
     *
     * @param who it is
     * @param what of the tenant's file is missing
     */
    private record Gone(TenantName tenant, String who, String what) {
        /** @param by which commit took it out; empty where that is not known */
        Problem problem(String by) {
            return Problem.warning(
                    "vanished",
                    Location.of(CatalogReader.fileOf(tenant)),
                    who + " is removed from the files without 'offboarding'" + by
                            + ": what it has stays, and nobody keeps it any more",
                    "put " + what + " back; to have it deleted, add 'offboarding: {from: DATE, reason: TEXT}' to it");
        }
    }
}
