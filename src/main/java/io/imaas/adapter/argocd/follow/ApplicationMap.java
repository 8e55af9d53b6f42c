package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All applications of a server as last heard of, and who waits for news of which. */
final class ApplicationMap {
    private final Map<ApplicationName, ApplicationView> views = new ConcurrentHashMap<>();
    private final Map<ApplicationName, Instant> heard = new HashMap<>();
    private final Map<ApplicationName, List<Consumer<Observation>>> waiting = new HashMap<>();

    /** Safe to read from any thread. */
    Map<ApplicationName, ApplicationView> known() {
        return views;
    }

    boolean isEmpty() {
        return views.isEmpty();
    }

    int subscribers() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }

    Runnable subscribe(String project, ApplicationName application, Consumer<Observation> news) {
        // An application of another project is none of ours, whatever its name.
        Consumer<Observation> own = observation -> {
            if (!(observation instanceof Observation.Seen seen)
                    || seen.view().project().equals(project)) {
                news.accept(observation);
            }
        };
        waiting.computeIfAbsent(application, a -> new ArrayList<>()).add(own);
        ApplicationView known = find(application);
        if (known != null) {
            own.accept(new Observation.Seen(known, false));
        }
        return () -> waiting.computeIfPresent(application, (a, all) -> {
            List<Consumer<Observation>> rest = new ArrayList<>(all);
            rest.remove(own);
            return rest.isEmpty() ? null : rest;
        });
    }

    private ApplicationView find(ApplicationName application) {
        ApplicationView exact = views.get(application);
        if (exact != null || !application.namespace().isEmpty()) {
            return exact;
        }
        return views.values().stream()
                .filter(view -> view.name().name().equals(application.name()))
                .findFirst()
                .orElse(null);
    }

    void changed(ApplicationView view, Instant now) {
        ApplicationView before = views.get(view.name());
        if (before == null || view.notOlderThan(before)) {
            views.put(view.name(), view);
            heard.put(view.name(), now);
            tell(view.name(), new Observation.Seen(view, false));
        }
    }

    void removed(ApplicationName application) {
        views.remove(application);
        heard.remove(application);
        tell(application, new Observation.Removed());
    }

    /** Takes over a list, which is authoritative for all that was not heard of since it was asked for. */
    void replace(List<ApplicationView> listed, Instant asked) {
        Set<ApplicationName> present = new HashSet<>();
        for (ApplicationView view : listed) {
            present.add(view.name());
            ApplicationView before = views.get(view.name());
            if (before == null || !heardSince(view.name(), asked) || view.notOlderThan(before)) {
                views.put(view.name(), view);
                if (before == null || !before.equals(view)) {
                    tell(view.name(), new Observation.Seen(view, false));
                }
            }
        }
        for (ApplicationName known : List.copyOf(views.keySet())) {
            if (!present.contains(known) && !heardSince(known, asked)) {
                removed(known);
            }
        }
    }

    private boolean heardSince(ApplicationName application, Instant asked) {
        Instant last = heard.get(application);
        return last != null && !last.isBefore(asked);
    }

    /** Argo CD names the namespace of every application; who waits may have left Argo CD's own one out. */
    private void tell(ApplicationName application, Observation news) {
        deliver(application, news);
        if (!application.namespace().isEmpty()) {
            deliver(new ApplicationName("", application.name()), news);
        }
    }

    private void deliver(ApplicationName application, Observation news) {
        List.copyOf(waiting.getOrDefault(application, List.of())).forEach(listener -> listener.accept(news));
    }
}
