package io.imaas.plan.gate;

import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.ServiceName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What gates found, as trailers of the commit that they let land: an auditor reads it there years later. */
public final class GateTrailers {
    private GateTrailers() {}

    /**
     * One line a gate, such as {@code Imaas-Gate-order: open: healthy in test since …}. A gate that nothing was asked of
     * is left out.
     *
     * @param services whose answers are wanted; where they are several, each answer names what it is about
     */
    public static Trailers of(List<GateAnswer> answers, Collection<ServiceName> services) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (GateAnswer answer : answers) {
            if (!answer.found().isEmpty() && !Collections.disjoint(answer.services(), services)) {
                String found = answer.state().word() + ": " + answer.found();
                lines.merge(
                        Trailers.GATE + answer.gate(),
                        services.size() > 1 ? answer.subject() + ": " + found : found,
                        (first, next) -> first + "; " + next);
            }
        }
        return new Trailers(lines);
    }
}
