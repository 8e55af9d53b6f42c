package io.imaas.catalog;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Spelling;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code previews} of a tenant's file. */
record PreviewFields(Findings findings) {
    private static final String KEY = "previews";
    private static final Duration TTL = Duration.ofDays(3);
    private static final int MAX = 5;

    /** Empty where the tenant has none. */
    Optional<Located<Previews>> read(
            Section tenant, List<Located<Environment>> path, Quota whole, Delivery delivery, Reach reach) {
        if (!tenant.has(KEY) || path.isEmpty()) {
            return Optional.empty();
        }
        Section section = tenant.section(KEY);
        if (delivery == Delivery.HELM) {
            findings.refine(
                    "previews-delivery",
                    tenant.at(KEY),
                    "previews need manifests that gates look at before they run, and 'delivery: helm' has none",
                    "write 'delivery: rendered', or remove 'previews'");
        }
        path.stream()
                .filter(environment -> environment.value().name().equals(Previews.SPACE))
                .forEach(environment -> findings.refine(
                        "previews-environment",
                        environment.where(),
                        "previews have an environment '" + Previews.SPACE + "' of their own",
                        "rename the environment, or remove 'previews'"));
        Section share = section.section("quota");
        Quota quota = quota(share);
        mustFit(share, quota, whole);
        return Optional.of(new Located<>(
                tenant.at(KEY),
                new Previews(
                        ttl(section), section.whole("max", MAX), quota, like(section, path), host(section, reach))));
    }

    private Duration ttl(Section section) {
        Duration ttl = section.value("ttl", "bad-time", Times::span, TTL);
        if (ttl.isZero()) {
            findings.refine(
                    "bad-time",
                    section.at("ttl"),
                    "a preview would go as soon as it comes",
                    "write a time such as 72h");
        }
        return ttl;
    }

    private EnvironmentName like(Section section, List<Located<Environment>> path) {
        List<EnvironmentName> known =
                path.stream().map(environment -> environment.value().name()).toList();
        Optional<Located<EnvironmentName>> like = section.value("like", "bad-name", EnvironmentName::new);
        like.filter(given -> !known.contains(given.value()))
                .ifPresent(given -> findings.refine(
                        "unknown-environment",
                        given.where(),
                        "the tenant has no environment '" + given.value() + "'",
                        Spelling.suggestion(
                                given.value().value(),
                                known.stream().map(EnvironmentName::value).toList())));
        return like.map(Located::value).orElse(known.get(0));
    }

    private String host(Section section, Reach reach) {
        String host = section.word("host");
        if (!host.isEmpty() && !reach.hosts().contains("*." + host)) {
            findings.refine(
                    "previews-host",
                    section.at("host"),
                    "previews would be served below '" + host + "', which the tenant does not serve",
                    "add \"*." + host + "\" to network.hosts, or remove 'host'");
        }
        return host;
    }

    private Quota quota(Section section) {
        QuotaFields given = QuotaFields.read(section, findings);
        return new Quota(
                given.cpu().orElse("0"),
                given.memory().orElse("0"),
                given.pods().orElse(0),
                given.storage().orElse(Quota.STORAGE),
                given.objects().orElse(Quota.OBJECTS));
    }

    /** Previews are for trial: together they get no more than an environment. */
    private void mustFit(Section share, Quota quota, Quota whole) {
        if (!whole.isGiven() || findings.hasErrors()) {
            return;
        }
        mustFit(share.at("cpu"), "cpu", quota.cpu(), whole.cpu());
        mustFit(share.at("memory"), "memory", quota.memory(), whole.memory());
        mustFit(share.at("pods"), "pods", String.valueOf(quota.pods()), String.valueOf(whole.pods()));
    }

    private void mustFit(Location where, String key, String share, String whole) {
        if (Quantity.parse(share).compareTo(Quantity.parse(whole)) > 0) {
            findings.refine(
                    "previews-quota",
                    where,
                    "previews would get more " + key + " (" + share + ") than an environment of the tenant (" + whole
                            + ")",
                    "lower it to at most " + whole);
        }
    }
}
