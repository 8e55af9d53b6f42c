package io.imaas.plan.gate;

import io.imaas.model.kubernetes.ChartKinds;
import io.imaas.model.kubernetes.Manifest;
import java.util.List;

/** Open when the manifests are of the chart's kinds alone: no roles, no Secrets, no quota, nothing outside a namespace. */
final class KindsGate extends ManifestReview {
    KindsGate() {
        super("only kinds that the chart creates");
    }

    @Override
    void look(Question question, Manifest manifest, Field root, List<Objection> into) {
        if (!ChartKinds.allow(manifest) || manifest.namespace().isEmpty()) {
            into.add(objection(
                    manifest,
                    root.at("kind"),
                    "allowed are " + String.join(", ", ChartKinds.GROUPS.keySet()),
                    "remove what makes it from the values of " + question.service()
                            + "; another kind is an admin's matter, made by onboarding and not by a service"));
        }
    }
}
