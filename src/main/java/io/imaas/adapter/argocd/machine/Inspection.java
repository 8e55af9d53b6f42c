package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.Digest;
import java.util.List;

/**
 * What the pods of an image say of themselves.
 *
 * @param of the image
 * @param rejected whether the cluster does not let its pods come to be
 * @param reasons one line each for what fails; empty when nothing does
 */
public record Inspection(Digest of, boolean rejected, List<String> reasons) {
    public Inspection {
        reasons = List.copyOf(reasons);
    }
}
