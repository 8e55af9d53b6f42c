package io.imaas.catalog;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Window;
import io.imaas.model.tenancy.Windows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads when something may come to an environment.
 *
 * @param usual the zone of windows that name none
 * @param synced whether the deployment server is to keep them as well
 */
record WindowFields(Findings findings, ZoneId usual, boolean synced) {
    /** A window of the platform, for some environments; none named: for all. */
    record Minimum(Set<EnvironmentName> environments, boolean allows, Window window) {
        Minimum {
            environments = Set.copyOf(environments);
        }

        private boolean concerns(EnvironmentName environment) {
            return environments.isEmpty() || environments.contains(environment);
        }
    }

    /** What the platform demands of an environment. */
    Windows of(List<Minimum> minimum, EnvironmentName environment) {
        return windows(minimum.stream().filter(one -> one.concerns(environment)).toList());
    }

    private Windows windows(List<Minimum> windows) {
        Map<Boolean, List<Window>> sides = windows.stream()
                .collect(Collectors.partitioningBy(
                        Minimum::allows, Collectors.mapping(Minimum::window, Collectors.toList())));
        return new Windows(List.of(new Windows.Rule(sides.get(true), sides.get(false))), synced);
    }

    /** The {@code windows} of an environment, within those that the platform demands. */
    Windows read(Section section, EnvironmentName environment, List<Minimum> minimum) {
        Windows all = of(minimum, environment).and(windows(minimum(section)));
        // Any moment will do: windows come again every week.
        if (section.has("windows")
                && !all.open(Instant.EPOCH)
                && all.opening(Instant.EPOCH).isEmpty()) {
            findings.refine(
                    "windows-never-open",
                    section.at("windows"),
                    "nothing can ever come to '" + environment
                            + "': its windows and the platform's never open together",
                    "allow other hours, or deny fewer");
        }
        return all;
    }

    List<Minimum> minimum(Section section) {
        List<Minimum> found = new ArrayList<>();
        for (Section given : section.sections("windows")) {
            ZoneId zone = given.value("zone", "bad-timezone", Times::zone, usual);
            if (given.has("allow") == given.has("deny")) {
                findings.refine(
                        "window-says-nothing",
                        given.where(),
                        "a window either allows or denies",
                        "write allow: or deny:, such as allow: \"Mon-Thu 09:00-16:00\"");
            }
            Set<EnvironmentName> environments = given.set("environments", "bad-name", EnvironmentName::new);
            for (boolean allows : new boolean[] {true, false}) {
                given.value(allows ? "allow" : "deny", "bad-window", text -> Window.parse(text, zone))
                        .ifPresent(window -> found.add(new Minimum(environments, allows, window.value())));
            }
        }
        return found;
    }
}
