package io.imaas.adapter.argocd.api;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sync windows of an application's project that concern it. */
public record SyncWindows(List<Window> activeWindows, List<Window> assignedWindows) {
    /** @param kind {@code allow} or {@code deny} */
    public record Window(String kind, String schedule, String duration) {
        private String line() {
            return kind + " from '" + schedule + "' for " + duration;
        }
    }

    /** Whether automatic syncs are held back: a deny window is open, or allow windows exist and none is (CanSync). */
    public boolean closed() {
        return any(activeWindows, "deny") || (any(assignedWindows, "allow") && !any(activeWindows, "allow"));
    }

    public String description() {
        String windows = Stream.concat(all(activeWindows), all(assignedWindows))
                .map(Window::line)
                .distinct()
                .collect(Collectors.joining("; "));
        return "a sync window holds the sync back" + (windows.isEmpty() ? "" : ": " + windows);
    }

    private static boolean any(List<Window> windows, String kind) {
        return all(windows).anyMatch(window -> kind.equals(window.kind()));
    }

    private static Stream<Window> all(List<Window> windows) {
        return windows == null ? Stream.empty() : windows.stream();
    }
}
