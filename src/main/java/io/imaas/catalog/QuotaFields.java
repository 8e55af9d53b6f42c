package io.imaas.catalog;

import io.imaas.catalog.TenantDraft.ServiceDraft;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service.ServiceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The keys of a {@code quota} block, as far as they are given and sound, and whether a tenant's services fit into it. */
record QuotaFields(
        Optional<String> cpu,
        Optional<String> memory,
        Optional<Integer> pods,
        Optional<String> storage,
        Optional<Integer> objects) {
    static QuotaFields read(Section quota, Findings findings) {
        return new QuotaFields(
                quantity(quota, "cpu", Quantities::cpu, findings),
                quantity(quota, "memory", Quantities::memory, findings),
                quota.whole("pods").map(Located::value),
                quantity(quota, "storage", Quantities::storage, findings),
                quota.whole("objects").map(Located::value));
    }

    /** A tenant's limits, with what the platform says for what it leaves out. */
    static Quota of(
            Section tenant,
            QuotaFields usual,
            List<Located<Environment>> environments,
            List<ServiceDraft> services,
            Findings findings) {
        Section section = tenant.section("quota");
        QuotaFields own = read(section, findings);
        Map<String, Optional<?>> needed = new LinkedHashMap<>();
        needed.put("cpu", own.cpu().or(usual::cpu));
        needed.put("memory", own.memory().or(usual::memory));
        needed.put("pods", own.pods().or(usual::pods));
        List<String> missing = needed.keySet().stream()
                .filter(key -> needed.get(key).isEmpty() && !section.has(key))
                .toList();
        if (!missing.isEmpty()) {
            findings.error(
                    "missing-quota",
                    section.where(),
                    "neither the tenant's quota nor " + PlatformFile.PATH + "'s defaults give "
                            + String.join(", ", missing),
                    "add quota: {cpu: 8, memory: 16Gi, pods: 40} to the tenant, or defaults to the platform");
        }
        Quota quota = new Quota(
                own.cpu().or(usual::cpu).orElse("0"),
                own.memory().or(usual::memory).orElse("0"),
                own.pods().or(usual::pods).orElse(Integer.MAX_VALUE),
                own.storage().or(usual::storage).orElse(Quota.STORAGE),
                own.objects().or(usual::objects).orElse(Quota.OBJECTS));
        environments.forEach(environment -> mustFit(environment, quota, section, services, findings));
        return quota;
    }

    static Optional<String> quantity(Section quota, String key, UnaryOperator<String> check, Findings findings) {
        return quota.scalar(key).filter(s -> !findings.isWrong(s.where())).flatMap(scalar -> {
            try {
                return Optional.of(check.apply(scalar.text()));
            } catch (FailureException e) {
                findings.refine(
                        "bad-quantity",
                        scalar.where(),
                        "'" + key + "': " + e.failure().what(),
                        e.failure().suggestion());
                return Optional.empty();
            }
        });
    }

    /** A rolling update without downtime starts one pod before it ends one, so it needs room for one more. */
    private static void mustFit(
            Located<Environment> located,
            Quota quota,
            Section section,
            List<ServiceDraft> services,
            Findings findings) {
        Environment environment = located.value();
        int needed = services.stream()
                .filter(service -> runsIn(service, environment.name()))
                .mapToInt(service -> podsOf(service, environment))
                .sum();
        Location where = section.has("pods") ? section.at("pods") : located.where();
        if (needed > quota.pods()) {
            findings.error(
                    "quota-too-small",
                    where,
                    "the services need " + needed + " pods in '" + environment.name() + "', but the quota allows "
                            + quota.pods(),
                    "raise pods to at least " + (needed + 1) + ", or lower the replicas");
        } else if (needed == quota.pods() && needed > 0) {
            findings.warning(
                    "quota-tight",
                    where,
                    "the services fill all " + needed + " pods of '" + environment.name()
                            + "', and a rolling update needs one more",
                    "raise pods to " + (needed + 1) + " or more");
        }
    }

    private static int podsOf(ServiceDraft service, Environment environment) {
        return service.type().filter(type -> type == ServiceType.STEP).isPresent() ? 1 : environment.replicas();
    }

    private static boolean runsIn(ServiceDraft service, EnvironmentName environment) {
        return service.environments().isEmpty()
                || service.environments().stream().anyMatch(e -> e.value().equals(environment));
    }
}
