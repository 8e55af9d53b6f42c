package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Provenance;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.port.ImageRegistry;
import io.imaas.step.record.Records;
import java.util.List;

/** What the registry knows of an image, and what an orchestrator has signed about it. */
public record ImageObserver(ImageRegistry registry, Records records) {
    /** A registry that does not answer is a fact as well: the gates say so, each for its image. */
    ImageFacts observe(ImageRef image) {
        try {
            if (!registry.exists(image)) {
                return ImageFacts.absent(image.digest());
            }
            List<Provenance> known = records.provenances(image, registry.attached(image, Provenance.TYPE));
            return new ImageFacts(image.digest(), true, known, registry.signatures(image), null);
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.DEFECT) {
                throw e;
            }
            return ImageFacts.unanswered(image.digest(), e.failure());
        }
    }
}
