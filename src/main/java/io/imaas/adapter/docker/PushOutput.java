package io.imaas.adapter.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PushResponseItem;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the daemon says while it pushes. */
final class PushOutput extends ResultCallback.Adapter<PushResponseItem> {
    private final Consumer<String> log;
    private final Map<String, Long> sent = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private Digest digest;
    private String error = "";

    PushOutput(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public synchronized void onNext(PushResponseItem item) {
        if (item.getErrorDetail() != null) {
            error = item.getErrorDetail().getMessage();
        }
        if (item.getAux() != null && item.getAux().getDigest() != null) {
            digest = new Digest(item.getAux().getDigest());
        }
        String layer = item.getId();
        if (layer == null || item.getStatus() == null) {
            return;
        }
        if (item.getStatus().equals("Pushing") && item.getProgressDetail() != null) {
            Long current = item.getProgressDetail().getCurrent();
            sent.merge(layer, current == null ? 0 : current, Math::max);
        } else if (told.add(layer + item.getStatus())) {
            log.accept(layer + ": " + item.getStatus());
        }
    }

    /** As the daemon counts: layers before they are compressed. */
    synchronized long bytes() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized Digest digest(String target) {
        String words = error.toLowerCase(Locale.ROOT);
        if (words.contains("denied") || words.contains("unauthorized") || words.contains("no basic auth")) {
            throw FailureException.input(
                    "the registry does not let us push: " + error,
                    target,
                    "log in with docker login, or check the user's rights there");
        }
        if (!error.isEmpty() || digest == null) {
            throw FailureException.external(
                    "the push failed: " + (error.isEmpty() ? "the daemon named no digest" : error),
                    target,
                    "check that the daemon reaches the registry, then try again",
                    (Throwable) null);
        }
        return digest;
    }
}
