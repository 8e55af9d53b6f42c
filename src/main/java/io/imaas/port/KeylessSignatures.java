package io.imaas.port;

import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import java.util.List;

/** Signatures of images by certificates that were given out for minutes. */
public interface KeylessSignatures {
    /**
     * Who signed the image that way. Each is verified; one that is not proven says why.
     *
     * @param trustedRoot the text of a {@code trusted_root.json}
     */
    List<CertifiedSigner> of(ImageRef image, String trustedRoot);
}
