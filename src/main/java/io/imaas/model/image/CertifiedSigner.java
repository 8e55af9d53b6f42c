package io.imaas.model.image;

import java.io.Serializable;

/**
 * Who signed an image without a key of their own: with a certificate that was given out for minutes, as {@code cosign sign}
 * does without {@code --key}.
 *
 * @param issuer who vouches for the identity, such as {@code https://token.actions.githubusercontent.com}; empty where nothing proves it
 * @param identity a workflow's URL or a mail address; empty where nothing proves it
 * @param doubt why it does not count; empty when certificate, signature and log entry are proven
 */
public record CertifiedSigner(String issuer, String identity, String doubt) implements Serializable {
    public boolean isProven() {
        return doubt.isEmpty();
    }

    public String sentence() {
        return identity + ", confirmed by " + issuer;
    }
}
