package io.imaas.port;

import io.imaas.model.source.CommitId;
import java.util.Map;

/**
 * A commit as a bundle holds it. Its id was worked out from its bytes.
 *
 * @param trailers the message's last lines, whoever wrote them
 * @param files path to text, as far as the bundle has them
 */
public record BundledCommit(
        CommitId id, String author, String subject, Map<String, String> trailers, Map<String, String> files) {
    public BundledCommit {
        trailers = Map.copyOf(trailers);
        files = Map.copyOf(files);
    }
}
