package io.imaas.model.tenancy;

import io.imaas.model.identity.SigningKey;
import java.io.Serializable;
import java.util.List;

/**
 * What must be known of an image before it is promoted or released.
 *
 * @param optional whether somebody may go on without asking the registry
 * @param signedBy keys of which one must have signed the image; empty: no signature is asked for
 */
public record ImagePolicy(boolean optional, List<SigningKey> signedBy) implements Serializable {
    /** The registry is asked, and no signature is wanted. */
    public static final ImagePolicy USUAL = new ImagePolicy(false, List.of());

    public ImagePolicy {
        signedBy = List.copyOf(signedBy);
    }
}
