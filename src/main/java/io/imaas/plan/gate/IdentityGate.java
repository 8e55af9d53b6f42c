package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.Adopted;
import java.util.List;
import java.util.Set;

/** Open when every container runs the release's own image, and every object says whose it is. */
final class IdentityGate extends ManifestReview {
    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers", "ephemeralContainers");

    private static final Set<String> SELECTING = Set.of("Service", "PodDisruptionBudget", "Deployment");

    IdentityGate() {
        super("every container runs the release, every object is the service's own");
    }

    @Override
    public Answer ask(Question question) {
        return isAsBefore(question)
                ? Answer.open("it is what ran before the platform managed it, as reviewed")
                : super.ask(question);
    }

    /** A rollback brings back what was adopted, which has the platform's labels from the first release on. */
    private static boolean isAsBefore(Question question) {
        return question.candidate().release() != null
                && question.tenant()
                        .adopted(question.service(), question.environment().name())
                        .filter(kept -> kept.isKept()
                                && question.candidate().release().image().equals(kept.release()))
                        .flatMap(kept -> question.snapshot()
                                .render(question.service())
                                .filter(facts -> facts.manifests().text().equals(kept.manifests())))
                        .isPresent();
    }

    @Override
    void look(Question question, Manifest manifest, Field root, List<Objection> into) {
        // Only texts are in a ConfigMap, whatever its keys are called.
        Field pods = manifest.kind().equals("ConfigMap") ? root.at("none") : root;
        pods.everywhere(field -> {
            neighbour(question, manifest, field, into);
            if (CONTAINERS.contains(field.key())) {
                field.items().forEach(container -> image(question, manifest, container.at("image"), into));
            } else if (field.key().equals("template") && field.at("spec").isThere()) {
                labels(question, manifest, field.at("metadata", "labels"), into);
            }
        });
        labels(question, manifest, root.at("metadata", "labels"), into);
        boolean again = manifest.kind().equals("CronJob");
        selector(question, manifest, again ? root.at("spec", "jobTemplate", "spec") : root.at("spec"), into);
        String space = question.tenant().namespace(question.environment().name());
        Field namespace = root.at("metadata", "namespace");
        if (namespace.isThere() && !namespace.is(space)) {
            into.add(objection(manifest, namespace, "the tenant's namespace here is " + space, ownValues(question)));
        }
        if (!owns(question, manifest.kind(), manifest.name())) {
            into.add(objection(
                    manifest,
                    root.at("metadata", "name"),
                    "an object of " + question.service() + " has this name",
                    "name it " + question.service() + " or " + question.service()
                            + "-SUFFIX; what ran before the platform"
                            + " managed it is listed by an admin in "
                            + Adopted.file(
                                    question.tenant().name(),
                                    question.environment().name(),
                                    question.service())));
        }
    }

    /** What scales another service's pods, or lets its own be taken for them. */
    private static void neighbour(Question question, Manifest manifest, Field field, List<Objection> into) {
        // Whom a network policy lets in, or beside whom pods run, may well be another service.
        Field named = field.key().equals("labels") ? field.at("app.kubernetes.io/name") : field.at("none");
        boolean another = !named.is(question.service().value())
                && question.tenant().services().stream()
                        .anyMatch(service -> named.is(service.name().value()));
        if (another) {
            into.add(objection(manifest, named, "it is another service", ownValues(question)));
        }
        Field scaled = field.at("scaleTargetRef");
        if (scaled.isThere()
                && !owns(question, scaled.at("kind").text(), scaled.at("name").text())) {
            into.add(objection(manifest, scaled.at("name"), "it is another service", ownValues(question)));
        }
    }

    /** What routes to pods, counts or replaces them does so with this service's alone. */
    private static void selector(Question question, Manifest manifest, Field spec, List<Objection> into) {
        Field selector = spec.at("selector");
        boolean needed = SELECTING.contains(manifest.kind());
        Field labels = manifest.kind().equals("Service") ? selector : selector.at("matchLabels");
        if ((needed || selector.isThere()) && !selectsOwn(question, manifest, labels)) {
            into.add(objection(manifest, labels, "it must select only this service's pods", ownValues(question)));
        }
    }

    private static void image(Question question, Manifest manifest, Field image, List<Objection> into) {
        boolean sidecar =
                question.platform().manifests().sidecars().stream().anyMatch(known -> image.is(known.toString()));
        String released = String.valueOf(question.candidate().release().image());
        if (!image.is(released) && !sidecar && !migrates(question, manifest, image)) {
            into.add(objection(
                    manifest,
                    image,
                    "the release is " + released,
                    "remove 'image' from the values of " + question.service()
                            + "; a sidecar or a tool for migrations is allowed by an admin in platform.yaml,"
                            + " policy.manifests.sidecars or policy.manifests.migrations"));
        }
    }

    /** Only the Job of what was delivered with the release, with an image that an admin listed. */
    private static boolean migrates(Question question, Manifest manifest, Field image) {
        Migration migration = question.candidate().source().migration();
        return migration != null
                && manifest.kind().equals("Job")
                && image.is(migration.image().toString())
                && question.platform().manifests().migrations(migration.tool()).contains(migration.image());
    }

    private static void labels(Question question, Manifest manifest, Field labels, List<Objection> into) {
        OwnLabels.of(
                        question.tenant().name(),
                        question.service(),
                        question.environment().name())
                .labels()
                .forEach((key, value) -> {
                    Field label = labels.at(key);
                    if (!label.is(value)) {
                        into.add(objection(
                                manifest,
                                label,
                                "it must be '" + value + "'",
                                "remove the label from the values of " + question.service()));
                    }
                });
    }
}
