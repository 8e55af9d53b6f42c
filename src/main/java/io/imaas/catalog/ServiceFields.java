package io.imaas.catalog;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.Service.ServiceSecret;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service gets and how it is reached, as the tenant's reviewed file says. */
record ServiceFields(Findings findings) {
    /** Of a CronJob. */
    private static final int LONGEST_STEP = 52;

    /** A CronJob's name has room for what Kubernetes adds to it; cut off, two services would be one. */
    void requireStepName(Optional<Located<ServiceName>> name, Optional<ServiceType> type) {
        name.filter(given -> type.filter(ServiceType.STEP::equals).isPresent()
                        && given.value().value().length() > LONGEST_STEP)
                .ifPresent(given -> findings.refine(
                        "step-name",
                        given.where(),
                        "a service of type step may have " + LONGEST_STEP + " characters in its name, and this has "
                                + given.value().value().length(),
                        "shorten it"));
    }

    List<ServiceSecret> secrets(Section service) {
        List<ServiceSecret> secrets = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Section section : service.sections("secrets")) {
            String name = section.word("name");
            findings.isNew(lines, name, section.at("name"), "duplicate-secret", "the secret");
            secrets.add(new ServiceSecret(name, section.word("key"), section.word("property")));
        }
        return secrets;
    }

    /** @param path the service's environments */
    List<Route> routes(Section service, Optional<ServiceType> type, List<EnvironmentName> path) {
        List<Section> sections = service.sections("routes");
        if (!sections.isEmpty() && type.filter(ServiceType.GATEWAY::equals).isEmpty()) {
            findings.refine(
                    "route-type",
                    service.at("routes"),
                    "only a service of type gateway is reached from outside",
                    "remove its routes, or change its type");
        }
        List<Route> routes = new ArrayList<>();
        Map<EnvironmentName, Integer> known = new HashMap<>();
        for (Section section : sections) {
            section.value("environment", "bad-name", EnvironmentName::new).ifPresent(environment -> {
                mustFit(environment, known, path);
                routes.add(new Route(
                        environment.value(),
                        section.list("hosts", "bad-host", host -> host),
                        section.text("path").orElse("/")));
            });
        }
        return routes;
    }

    private void mustFit(
            Located<EnvironmentName> environment, Map<EnvironmentName, Integer> known, List<EnvironmentName> path) {
        findings.isNew(known, environment.value(), environment.where(), "duplicate-route", "a route for");
        if (!path.isEmpty() && !path.contains(environment.value())) {
            findings.refine(
                    "unknown-environment",
                    environment.where(),
                    "the service does not go through '" + environment.value() + "'",
                    "its environments are " + path);
        }
    }
}
