package io.imaas.port;

import io.imaas.model.source.CommitId;
import java.util.List;
import java.util.Map;

/** Reads files that {@link GitHistory#bundle} wrote, without a server. */
@FunctionalInterface
public interface BundleReader {
    /**
     * The commits that the bundle names, in its order.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when it is not such a file, or is damaged
     */
    List<BundledCommit> read(byte[] bundle);

    /**
     * A commit as a bundle holds it. Its id was worked out from its bytes.
     *
     * @param trailers the message's last lines, whoever wrote them
     * @param files path to text, as far as the bundle has them
     */
    record BundledCommit(
            CommitId id, String author, String subject, Map<String, String> trailers, Map<String, String> files) {
        public BundledCommit {
            trailers = Map.copyOf(trailers);
            files = Map.copyOf(files);
        }
    }
}
