package io.imaas.port;

import java.util.List;

/** Reads files that {@link GitHistory#bundle} wrote, without a server. */
@FunctionalInterface
public interface BundleReader {
    /**
     * The commits that the bundle names, in its order.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when it is not such a file, or is damaged
     */
    List<BundledCommit> read(byte[] bundle);
}
