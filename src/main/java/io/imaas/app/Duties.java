package io.imaas.app;

import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Platform;
import io.imaas.plan.snapshot.AuditEntry;
import io.imaas.plan.snapshot.Authors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether one person had more than one say in a change, as the environment's policy is now. */
record Duties(Platform platform, Environment environment) implements Serializable {
    /**
     * What speaks against it, as sentences.
     *
     * @param authors who wrote what came; asked only where somebody agreed
     */
    List<String> violations(AuditEntry entry, List<Approval> agreed, Supplier<Optional<Authors>> authors) {
        Trust trust = platform.trust();
        List<String> found = new ArrayList<>();
        boolean recorded = entry.override() != null;
        boolean forced = recorded || !entry.trailers().get(Trailers.OVERRIDE).isEmpty();
        if (forced && (!recorded || entry.override().confirmed().isEmpty())) {
            found.add("gates were passed by force, and no second person confirmed it");
        } else if (recorded && entry.override().late()) {
            found.add("gates were passed by force, and a second person confirmed it too late");
        }
        agreed.stream()
                .filter(one -> trust.person(one.by()).equals(trust.person(entry.by())))
                .forEach(one -> found.add(one.by() + " asked for it and agreed to it"));
        if (!agreed.isEmpty()) {
            authors.get().ifPresent(known -> agreed.stream()
                    .filter(one -> known.include(one.by(), trust))
                    .forEach(one -> found.add(one.by() + " wrote a part of it and agreed to it")));
        }
        long people = agreed.stream()
                .map(one -> trust.person(one.by()))
                .collect(Collectors.toSet())
                .size();
        int required = environment.approvals().required();
        boolean rollback = !entry.trailers().get(Trailers.ROLLBACK).isEmpty();
        if (entry.release() != null && !rollback && people < required) {
            found.add(people + " of " + required + " people agreed to it before it came");
        }
        return found;
    }
}
