package io.imaas.port;

import io.imaas.model.source.CommitId;
import java.time.Instant;
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
     * @param entries of each folder that the bundle has, by its path: as {@link GitHistory#entries} tells them
     */
    record BundledCommit(
            CommitId id,
            String author,
            Instant at,
            String subject,
            Map<String, String> trailers,
            Map<String, String> files,
            Map<String, Map<String, String>> entries) {
        public BundledCommit {
            trailers = Map.copyOf(trailers);
            files = Map.copyOf(files);
            entries = Map.copyOf(entries);
        }
    }
}
