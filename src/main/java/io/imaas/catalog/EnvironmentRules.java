package io.imaas.catalog;

import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Windows.Freeze;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a tenant's promotion path. */
record EnvironmentRules(Defaults defaults, Findings findings) {
    /** DESIGN: prod runs on at least three pods, spread over nodes. */
    static final int LEAST_IN_PRODUCTION = 3;

    private static final Set<String> PRODUCTION = Set.of("prod", "production");

    List<Located<Environment>> read(Section tenant) {
        List<Located<Environment>> path = new ArrayList<>();
        List<String> owners = ApprovalFields.people(tenant, "owners");
        if (!tenant.has("environments")) {
            Section nothing = tenant.section("environments");
            for (EnvironmentName name : defaults.environments()) {
                path.add(
                        new Located<>(tenant.where(), environment(nothing, Optional.of(name), path.isEmpty(), owners)));
            }
            return path;
        }
        Map<EnvironmentName, Integer> lines = new HashMap<>();
        boolean first = true;
        for (Section section : tenant.sections("environments")) {
            Optional<Located<EnvironmentName>> name = section.value("name", "bad-name", EnvironmentName::new);
            Environment environment = environment(section, name.map(Located::value), first, owners);
            first = false;
            if (name.isEmpty()) {
                continue;
            }
            Located<EnvironmentName> given = name.get();
            if (findings.isNew(lines, given.value(), given.where(), "duplicate-environment", "the environment")) {
                path.add(new Located<>(given.where(), environment));
            }
        }
        return path;
    }

    private WindowFields windows() {
        return new WindowFields(findings, defaults.zone(), defaults.syncWindows());
    }

    private Environment environment(
            Section section, Optional<EnvironmentName> named, boolean first, List<String> owners) {
        EnvironmentName name = named.orElse(new EnvironmentName("unnamed"));
        Optional<Located<Integer>> replicas = section.whole("replicas");
        replicas.ifPresent(given -> refuseTooFew(name, given));
        Optional<Located<Duration>> soak = section.value("soak", "bad-time", Times::span);
        if (first && soak.filter(given -> !given.value().isZero()).isPresent()) {
            findings.warning(
                    "useless-soak",
                    soak.get().where(),
                    "'soak' does nothing in the first environment: there is none before it",
                    "move it to the environment that is to wait");
        }
        return new Environment(
                name,
                defaults.approvals().under(ApprovalFields.of(section, findings), name, owners),
                replicas.map(Located::value).orElseGet(() -> replicas(name)),
                section.sections("freeze").stream()
                        .map(this::freeze)
                        .flatMap(Optional::stream)
                        .toList(),
                soak.map(Located::value).orElse(first ? Duration.ZERO : defaults.soak()),
                section.isTrue("pullRequests"),
                section.isTrue("autoRollback"),
                section.choice("directChanges", defaults.directChanges()),
                autoMerge(section),
                OffboardingFields.read(section),
                windows().read(section, name, defaults.windows()),
                section.isTrue("adopt"));
    }

    private boolean autoMerge(Section section) {
        boolean wanted = section.isTrue("autoMerge");
        if (wanted && !section.isTrue("pullRequests")) {
            findings.warning(
                    "useless-auto-merge",
                    section.at("autoMerge"),
                    "'autoMerge' does nothing without pull requests",
                    "add 'pullRequests: true', or remove it");
        }
        return wanted;
    }

    private int replicas(EnvironmentName name) {
        return PRODUCTION.contains(name.value())
                ? Math.max(LEAST_IN_PRODUCTION, defaults.replicas())
                : defaults.replicas();
    }

    private void refuseTooFew(EnvironmentName name, Located<Integer> replicas) {
        if (PRODUCTION.contains(name.value()) && replicas.value() < LEAST_IN_PRODUCTION) {
            findings.refine(
                    "too-few-replicas",
                    replicas.where(),
                    "'" + name + "' has " + replicas.value() + " replicas, but must have at least "
                            + LEAST_IN_PRODUCTION + " so that it survives the loss of a node",
                    "write 3 or more, or leave the line out");
        }
    }

    private Optional<Freeze> freeze(Section section) {
        Optional<Located<LocalDate>> from = section.value("from", "bad-date", Times::day);
        Optional<Located<LocalDate>> to = section.value("to", "bad-date", Times::day);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (to.get().value().isBefore(from.get().value())) {
            findings.refine(
                    "freeze-ends-early",
                    to.get().where(),
                    "the freeze ends on " + to.get().value() + ", before it begins on "
                            + from.get().value(),
                    "swap the two days, or fix the year");
        }
        return Optional.of(new Freeze(from.get().value(), to.get().value(), section.word("reason")));
    }
}
