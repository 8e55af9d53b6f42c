package io.imaas.plan.gate;

import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.ServiceName;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What gates found, as trailers of the commit that they let land: an auditor reads it there years later. */
public final class GateTrailers {
    /** Where what is said of the next service begins. */
    private static final Pattern NEXT = Pattern.compile("; (?=[a-z0-9-]+( [^ ;:]+)? -> [a-z0-9-]+: (?:"
            + Arrays.stream(GateAnswer.State.values())
                    .map(GateAnswer.State::word)
                    .collect(Collectors.joining("|"))
            + "): )");

    private GateTrailers() {}

    /**
     * One line a gate, such as {@code Imaas-Gate-order: open: healthy in test since …}. A gate that nothing was asked of
     * is left out. Whose records were counted is told by their paths.
     *
     * @param services whose answers are wanted; where they are several, each answer names what it is about
     */
    public static Trailers of(List<GateAnswer> answers, Collection<ServiceName> services) {
        Map<String, String> lines = new LinkedHashMap<>();
        Set<String> records = new LinkedHashSet<>();
        for (GateAnswer answer : answers) {
            if (!answer.found().isEmpty() && !Collections.disjoint(answer.services(), services)) {
                records.addAll(answer.records());
                String found = answer.state().word() + ": " + answer.found();
                lines.merge(
                        Trailers.GATE + answer.gate(),
                        services.size() > 1 ? answer.subject() + ": " + found : found,
                        (first, next) -> first + "; " + next);
            }
        }
        return new Trailers(lines).with(Trailers.APPROVAL_RECORDS, String.join(", ", records));
    }

    /** The same of one of the services: a commit of several says it of each, and whoever asks about one wants its own. */
    public static Trailers about(ServiceName service, Trailers all) {
        List<String> services = List.of(all.get(Trailers.SERVICE).split(", "));
        if (services.size() < 2) {
            return all;
        }
        Map<String, String> lines = new LinkedHashMap<>(all.lines());
        lines.replaceAll((name, value) -> name.startsWith(Trailers.GATE) ? own(service, services, value) : value);
        lines.values().removeIf(String::isEmpty);
        return new Trailers(lines);
    }

    private static String own(ServiceName service, List<String> services, String value) {
        return Arrays.stream(NEXT.split(value))
                .filter(one -> {
                    String about = one.split(" ", 2)[0];
                    return about.equals(service.value()) || !services.contains(about);
                })
                .collect(Collectors.joining("; "));
    }
}
