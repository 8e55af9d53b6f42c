package io.imaas.plan.step;

import io.imaas.model.rollout.BuildOrigin;

/**
 * Signs from what an image was built and how its tests ended, and attaches that to the image: only then is it used again
 * for the same sources. Whoever builds does not have the key, so this is a step of its own.
 *
 * @param image the step that published the image
 * @param tests the step that ran the unit tests
 */
public record AttestImage(String id, BuildOrigin origin, @StepId String image, @StepId String tests)
        implements PlannedStep {
    @Override
    public String title() {
        return "Provenance of " + origin.service();
    }

    /** Without it the image is good, and built again next time. */
    @Override
    public boolean hardStop() {
        return false;
    }
}
