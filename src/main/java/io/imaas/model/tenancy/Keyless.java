package io.imaas.model.tenancy;

import io.imaas.model.image.CertifiedSigner;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whose signatures count that are made without a key.
 *
 * @param trustedRoot the certificates and keys against which they are checked: the text of {@code trusted_root.json}
 */
public record Keyless(List<Signer> signers, String trustedRoot) implements Serializable {
    public static final Keyless NONE = new Keyless(List.of(), "");

    /**
     * One whose signatures count.
     *
     * @param name for people, such as {@code ci}
     * @param issuer exactly as certificates have it
     * @param identity the same; each {@code *} stands for any characters but a slash
     */
    public record Signer(String name, String issuer, String identity) implements Serializable {
        /** Whether it is proven that this is the one. */
        public boolean is(CertifiedSigner other) {
            String pattern =
                    Arrays.stream(identity.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
            return other.isProven() && issuer.equals(other.issuer()) && Pattern.matches(pattern, other.identity());
        }
    }

    public Keyless {
        signers = List.copyOf(signers);
    }

    /** Whether it is proven that one of those signed whose signatures count. */
    public boolean counts(CertifiedSigner one) {
        return signers.stream().anyMatch(listed -> listed.is(one));
    }
}
