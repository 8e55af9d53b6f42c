package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.imaas.model.tenancy.Window;
import io.imaas.model.tenancy.Windows;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An environment's windows as an AppProject has them. Argo CD reckons schedules and durations by the clock on the wall of
 * the window's zone, as we do: the days on which clocks are changed are no exception.
 *
 * <p>To it, one open window that allows is enough. Of several lists of which each must allow, all but one are written as
 * what they leave out, which is denied; that can be said of a list in one zone. What can't be said there is asked by the
 * gate alone.
 */
record WindowSpecs(ArrayNode specs, String namespace) {
    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;

    static void write(Windows windows, String namespace, ArrayNode into) {
        WindowSpecs specs = new WindowSpecs(into, namespace);
        List<List<Window>> allowing = windows.rules().stream()
                .map(Windows.Rule::allow)
                .filter(allow -> !allow.isEmpty())
                .sorted(Comparator.comparing(
                                (List<Window> allow) -> zones(allow).size())
                        .reversed())
                .toList();
        allowing.stream()
                .limit(1)
                .flatMap(List::stream)
                .forEach(window -> specs.add("allow", window.days(), window.from(), length(window), window.zone()));
        allowing.stream().skip(1).filter(allow -> zones(allow).size() == 1).forEach(specs::denyTheRest);
        windows.rules().stream()
                .flatMap(rule -> rule.deny().stream())
                .forEach(window -> specs.add("deny", window.days(), window.from(), length(window), window.zone()));
    }

    private static Set<ZoneId> zones(List<Window> windows) {
        return windows.stream().map(Window::zone).collect(Collectors.toSet());
    }

    /** In minutes. */
    private static int length(Window window) {
        return window.to() - window.from() + (window.to() > window.from() ? 0 : DAY);
    }

    private void denyTheRest(List<Window> allow) {
        BitSet open = new BitSet(WEEK);
        for (Window window : allow) {
            for (DayOfWeek day : window.days()) {
                int start = (day.getValue() - 1) * DAY + window.from();
                open.set(start, start + length(window));
            }
        }
        // Sunday's night goes on in Monday's morning.
        for (int minute = open.nextSetBit(WEEK); minute >= 0; minute = open.nextSetBit(minute + 1)) {
            open.set(minute - WEEK);
        }
        open.clear(WEEK, open.length());
        List<Integer> closings = new ArrayList<>();
        for (int minute = 0; minute < WEEK; minute++) {
            if (!open.get(minute) && open.get((minute + WEEK - 1) % WEEK)) {
                closings.add(minute);
            }
        }
        for (int closing : closings) {
            int opening = open.nextSetBit(closing);
            int end = opening < 0 ? open.nextSetBit(0) + WEEK : opening;
            DayOfWeek day = DayOfWeek.of(closing / DAY + 1);
            add(
                    "deny",
                    EnumSet.of(day),
                    closing % DAY,
                    end - closing,
                    allow.get(0).zone());
        }
    }

    /** Syncs that somebody asks for stay possible: a rollback comes at any time, and asks no window. */
    private void add(String kind, Set<DayOfWeek> days, int from, int minutes, ZoneId zone) {
        String cron = from % 60 + " " + from / 60 + " * * "
                + days.stream()
                        .map(day -> day.getValue() % 7)
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","));
        specs.addObject()
                .put("kind", kind)
                .put("schedule", cron)
                .put("duration", minutes + "m")
                .put("timeZone", zone.getId())
                .put("manualSync", true)
                .putArray("namespaces")
                .add(namespace);
    }
}
