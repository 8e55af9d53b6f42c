package io.imaas.adapter.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import io.imaas.model.failure.FailureException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What the daemon says while it builds. */
final class BuildOutput extends ResultCallback.Adapter<BuildResponseItem> {
    private static final int LAST_LINES = 5;

    private final Consumer<String> log;
    private final Deque<String> last = new ArrayDeque<>();
    private String imageId = "";
    private String error = "";

    BuildOutput(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public synchronized void onNext(BuildResponseItem item) {
        if (item.getStream() != null && !item.getStream().isBlank()) {
            String line = item.getStream().strip();
            log.accept(line);
            last.add(line);
            if (last.size() > LAST_LINES) {
                last.remove();
            }
        }
        if (item.getErrorDetail() != null) {
            error = item.getErrorDetail().getMessage();
        }
        if (item.isBuildSuccessIndicated() && item.getImageId() != null) {
            imageId = item.getImageId();
        }
    }

    /** The image's id; throws FAILED with the daemon's last words when there is none. */
    synchronized String imageId(String where) {
        if (error.isEmpty() && !imageId.isEmpty()) {
            return imageId;
        }
        throw FailureException.failed(
                "the Dockerfile does not build: " + (error.isEmpty() ? String.join(" | ", last) : error),
                where,
                "try docker build there; files outside of deployment/docker are not in its context");
    }
}
