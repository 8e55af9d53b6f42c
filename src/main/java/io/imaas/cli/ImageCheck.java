package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.Platform;

/** Whether the caller may leave out the look at the image. */
final class ImageCheck {
    private ImageCheck() {}

    /**
     * @param wanted what the caller said, or null
     * @throws FailureException POLICY when the platform wants what was left out
     */
    static void require(Boolean wanted, boolean hasPlatform, Platform platform) {
        ImagePolicy policy = platform.images();
        if (!hasPlatform
                || wanted == null
                || wanted
                || (policy.optional() && policy.signedBy().isEmpty())) {
            return;
        }
        throw FailureException.policy(
                "the platform wants every image looked up",
                "--no-image-check",
                policy.signedBy().isEmpty()
                        ? "leave it out, or let platform.yaml say policy.images.check: optional"
                        : "leave it out: signatures can't be verified without the registry");
    }
}
