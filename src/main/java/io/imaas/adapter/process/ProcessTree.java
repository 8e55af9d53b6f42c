package io.imaas.adapter.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program with everything it started: Maven starts Maven, and a shell script starts anything. */
record ProcessTree(Process root) {
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Ends all of them: first asks, then insists. Does nothing when the program ended by itself. */
    void end() {
        if (!root.isAlive()) {
            return;
        }
        // Children lose their parent when it ends, so they are listed before.
        List<ProcessHandle> all = living();
        all.forEach(ProcessHandle::destroy);
        await(all);
        Stream.concat(all.stream(), living().stream())
                .filter(ProcessHandle::isAlive)
                .forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> living() {
        return Stream.concat(Stream.of(root.toHandle()), root.descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static void await(List<ProcessHandle> all) {
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
