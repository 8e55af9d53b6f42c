package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.RenderFacts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A gate that looks at every object that a service would bring into the cluster. */
abstract class ManifestReview implements Gate {
    private static final int SHOWN = 5;

    private final String fine;

    /** @param fine what is told when nothing is wrong */
    ManifestReview(String fine) {
        this.fine = fine;
    }

    /** Adds what is wrong with an object. */
    abstract void look(Question question, Manifest manifest, Field root, List<Objection> into);

    /**
     * Why an object may not come into the cluster.
     *
     * @param found kind, name, path and value
     * @param fix who may allow it, and how
     */
    record Objection(String found, String fix) implements Serializable {}

    static Objection objection(Manifest manifest, Field field, String why, String fix) {
        String value = field.isThere() ? " is '" + shown(field.text()) + "'" : " is missing";
        return new Objection(manifest.kind() + "/" + manifest.name() + " " + field.path() + value + ": " + why, fix);
    }

    /** The fix of what a service's own values bring in. */
    static String ownValues(Question question) {
        return "remove it from the values of " + question.service();
    }

    private static String shown(String value) {
        String plain = value.replaceAll("\\p{Cntrl}+", " ");
        return plain.length() <= 120 ? plain : plain.substring(0, 120) + "…";
    }

    @Override
    public Answer ask(Question question) {
        RenderFacts facts = question.snapshot().render(question.service()).orElse(null);
        if (facts == null
                || !facts.problem().isEmpty()
                || facts.manifests().all().isEmpty()) {
            return Answer.notAsked();
        }
        List<Objection> objections = new ArrayList<>();
        for (Manifest manifest : facts.manifests().all()) {
            look(question, manifest, new Field("", manifest.fields()), objections);
        }
        if (objections.isEmpty()) {
            return Answer.open(fine);
        }
        String more = objections.size() <= SHOWN ? "" : "; and " + (objections.size() - SHOWN) + " more";
        return Answer.closed(
                objections.stream().limit(SHOWN).map(Objection::found).collect(Collectors.joining("; ")) + more,
                objections.stream().map(Objection::fix).distinct().limit(SHOWN).collect(Collectors.joining("; or ")));
    }

    /**
     * Whether an object is the service's. What ran before the platform managed it is listed in a file that admins reviewed,
     * and is of the service that it is listed for and of no other; all else goes by its name.
     */
    static boolean owns(Question question, String kind, String name) {
        Tenant tenant = question.tenant();
        EnvironmentName here = question.environment().name();
        return tenant.services().stream()
                .filter(service -> service.adopted(here)
                        .flatMap(kept -> kept.listed(tenant.namespace(here), kind, name))
                        .isPresent())
                .findFirst()
                .map(listed -> listed.name().equals(question.service()))
                .orElseGet(() -> isCalledLike(tenant, question.service(), name));
    }

    /**
     * Whether the labels select the service's own pods alone. Nobody else's pods carry its name; what admins reviewed when
     * they adopted it goes on as it was.
     */
    static boolean selectsOwn(Question question, Manifest manifest, Field labels) {
        String service = question.service().value();
        EnvironmentName here = question.environment().name();
        return labels.at("app.kubernetes.io/name").is(service)
                || labels.at(OwnLabels.SERVICE).is(service)
                || question.tenant()
                        .adopted(question.service(), here)
                        .flatMap(kept ->
                                kept.listed(question.tenant().namespace(here), manifest.kind(), manifest.name()))
                        .filter(kept -> !kept.selector().isEmpty() && labels.is(kept.selector()))
                        .isPresent();
    }

    /**
     * Whether a name is the service's: its own, or its own with a suffix that is no other service's name. {@code
     * order-api-mgmt} is not {@code order-api}'s where the tenant has a service of that name.
     */
    private static boolean isCalledLike(Tenant tenant, ServiceName service, String name) {
        return name.equals(service.value())
                || (name.startsWith(service + "-")
                        && tenant.services().stream()
                                .map(other -> other.name().value())
                                .filter(other ->
                                        other.length() > service.value().length())
                                .noneMatch(other -> name.equals(other) || name.startsWith(other + "-")));
    }
}
