package io.imaas.port;

import io.imaas.model.identity.Secret;
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

    /**
     * Signs the image as whoever the token names, and attaches the signature once it is proven as those of others are.
     *
     * @param token of OpenID Connect, as a CI gives it out
     * @throws io.imaas.model.failure.FailureException INPUT when the token or the root is none, or is refused; EXTERNAL when
     *     the authority or the log can't be asked
     */
    CertifiedSigner sign(ImageRef image, Secret token, String trustedRoot);
}
