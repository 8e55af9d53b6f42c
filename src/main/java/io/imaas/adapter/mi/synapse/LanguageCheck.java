package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.source.Similarity;
import io.imaas.adapter.mi.synapse.Production.Attribute;
import io.imaas.adapter.mi.synapse.Production.Condition;
import io.imaas.adapter.mi.synapse.Production.Presence;
import io.imaas.adapter.mi.synapse.Production.Since;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlElement.XmlAttribute;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import io.imaas.model.source.MiRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what the factories of the Micro Integrator refuse when it loads a CAR. */
public final class LanguageCheck {
    private static final String ITSELF = "itself";
    /** Version that brought <code>${…}</code> where an expression is due. */
    private static final String EXPRESSIONS = "4.4";

    private final SynapseLanguage language;
    private final String runtime;
    /** By line of versions, whether the project's runtime is older. */
    private final Map<String, Boolean> newer = new HashMap<>();

    private final List<Finding> problems = new ArrayList<>();
    private boolean template;

    /** @param runtime version of the Micro Integrator that the project is written for; empty when nobody knows */
    public LanguageCheck(SynapseLanguage language, String runtime) {
        this.language = language;
        this.runtime = runtime;
    }

    /** All problems of one artifact, in document order. */
    public List<Finding> of(List<Visited> artifact) {
        problems.clear();
        template = artifact.stream()
                .findFirst()
                .filter(v -> v.element().name().equals("template"))
                .isPresent();
        artifact.stream().filter(Visited::isLanguage).forEach(this::check);
        return List.copyOf(problems);
    }

    private void check(Visited visited) {
        XmlElement element = visited.element();
        if (visited.production().isPresent()) {
            follows(element, visited.production().get());
        } else if (visited.expectsMediator()) {
            unknownMediator(element);
        }
    }

    private void unknownMediator(XmlElement element) {
        if (!element.namespace().equals(ArtifactKind.SYNAPSE)
                && language.mediators().contains(element.name())) {
            error(
                    "unknown-mediator",
                    element.location(),
                    "<" + element.name() + "> is not in Synapse's namespace, so it is not a mediator",
                    "remove its xmlns, or write xmlns=\"" + ArtifactKind.SYNAPSE + "\"");
        } else {
            Optional<String> meant = Similarity.nearest(element.name(), language.mediators());
            problems.add(new Finding(
                    Problem.error(
                            "unknown-mediator",
                            element.location(),
                            "there is no mediator <" + element.name() + ">",
                            meant.map(name -> "did you mean <" + name + ">?")
                                    .orElse("use a mediator of the Micro Integrator, or <connector.operation>")),
                    meant.map(element::renamed).orElse(List.of())));
        }
    }

    private void newer(XmlElement element, Production production) {
        for (Since since : production.since) {
            if (isNewer(since.line()) && since.what().in().test(element)) {
                String what = since.what().written();
                newer(
                        since.refused() ? Severity.ERROR : Severity.WARNING,
                        since.what().isAttribute() ? element.locationOf(what.substring(1)) : element.location(),
                        (what.equals(ITSELF) ? "" : what.replace("@", "the attribute ") + " of ") + "<" + element.name()
                                + ">",
                        since.line());
            }
        }
    }

    private boolean isNewer(String line) {
        return newer.computeIfAbsent(line, one -> MiRuntime.isBefore(runtime, one));
    }

    private void newer(Severity severity, Location where, String what, String line) {
        problems.add(Finding.of(new Problem(
                severity,
                "newer-runtime",
                where,
                what + " came with Micro Integrator " + line + ", the project is written for " + runtime
                        + (severity == Severity.ERROR ? "" : ", which passes over it"),
                "set project.runtime.version in the pom.xml to " + line
                        + ".0 or a newer one, or write it another way")));
    }

    private void follows(XmlElement element, Production production) {
        newer(element, production);
        production.attributes.forEach((name, rule) -> attribute(element, name, rule));
        production.children.forEach((name, rule) -> {
            if (rule.required() && element.children().stream().noneMatch(c -> Production.isSynapse(c, name))) {
                error(
                        "missing-element",
                        element.location(),
                        "<" + element.name() + "> has no <" + name + ">",
                        "add it");
            }
        });
        element.children().forEach(child -> child(element, child, production));
        production.conditions.forEach(condition -> condition(element, condition));
        text(element, production.text);
        production.distinct.forEach(rule -> new SiblingCheck(rule, this::error).of(element));
        if (!production.attributes.isEmpty()) {
            element.attributes().forEach(a -> misspelt(element, a, production.attributes));
        }
    }

    private void child(XmlElement element, XmlElement child, Production production) {
        if (!child.namespace().equals(ArtifactKind.SYNAPSE)) {
            return;
        }
        if (production.never.contains(child.name())) {
            error(
                    "invalid-value",
                    child.location(),
                    "<" + child.name() + "> must not stand here: a <foreach> with an expression calls nothing",
                    "use <iterate>, or from Micro Integrator 4.4 on <foreach collection=\"…\">");
        }
        if (production.isUnread(element, child)) {
            problems.add(Finding.of(Problem.warning(
                    "duplicate-name",
                    child.location(),
                    "<" + element.name() + "> has a second <" + child.name() + ">, which is never read",
                    "remove it, or put what it has into the first one")));
        }
    }

    private void text(XmlElement element, String form) {
        boolean expressions = form.equals("expressions");
        if (expressions && isNewer(EXPRESSIONS)) {
            return;
        }
        String text = expressions && !element.children().isEmpty() ? element.source() : element.text();
        ValueForms.fault(template || !form.startsWith("$") ? form : form.substring(1), text)
                .ifPresent(why -> error(
                        expressions ? "invalid-expression" : "invalid-value",
                        element.location(),
                        "<" + element.name() + ">: " + why,
                        "correct it"));
    }

    private void attribute(XmlElement element, String name, Attribute rule) {
        String value = element.attribute(name);
        if (!element.has(name)) {
            if (rule.presence() != Presence.OPTIONAL) {
                missing(element, name);
            }
            return;
        }
        if (value.isBlank()
                && rule.presence() != Presence.OPTIONAL
                && rule.values().isEmpty()) {
            boolean refused = rule.presence() == Presence.NOT_EMPTY
                    && (value.isEmpty() || !rule.form().equals("blank"));
            problems.add(Finding.of(new Problem(
                    refused ? Severity.ERROR : Severity.WARNING,
                    refused ? "missing-attribute" : "empty-attribute",
                    element.locationOf(name),
                    "the attribute " + name + " of <" + element.name() + "> is empty",
                    "give it a value")));
            return;
        }
        if (!rule.takes(value)) {
            Optional<String> meant = Similarity.nearest(value, rule.values());
            problems.add(new Finding(
                    Problem.error(
                            "invalid-value",
                            element.locationOf(name),
                            "'" + value + "' is not a valid " + name + " of <" + element.name() + ">",
                            meant.map(one -> "did you mean '" + one + "'?")
                                    .orElse("use one of " + String.join(", ", rule.values()))),
                    meant.map(one -> element.valued(name, one)).orElse(List.of())));
            return;
        }
        Optional<PrefixedNames.Fault> prefixed = PrefixedNames.fault(rule.form(), value, element);
        if (prefixed.isPresent()) {
            error(
                    "invalid-value",
                    element.locationOf(name),
                    prefixed.get().what(),
                    prefixed.get().fix());
            return;
        }
        String opening = rule.form().equals("xpath") ? "${" : rule.form().equals("dynamic") ? "{${" : null;
        if (opening != null && value.startsWith(opening) && isNewer(EXPRESSIONS)) {
            newer(Severity.ERROR, element.locationOf(name), "the expression " + value, EXPRESSIONS);
            return;
        }
        ValueForms.fault(rule.form(), value)
                .ifPresent(why -> error(
                        rule.form().endsWith("xpath") || rule.form().equals("regex")
                                ? "invalid-expression"
                                : "invalid-value",
                        element.locationOf(name),
                        name + " of <" + element.name() + ">: " + why,
                        "correct it"));
    }

    private void missing(XmlElement element, String name) {
        error(
                "missing-attribute",
                element.location(),
                "<" + element.name() + "> has no attribute " + name,
                "add " + name + "=\"…\"");
    }

    private void condition(XmlElement element, Condition condition) {
        if (!condition.when().test(element)) {
            return;
        }
        condition.attributes().forEach((name, rule) -> attribute(element, name, rule));
        text(element, condition.text());
        if (condition.alternatives().isEmpty()
                || condition.alternatives().stream()
                        .anyMatch(alternative -> alternative.in().test(element))) {
            return;
        }
        boolean attributes = condition.alternatives().stream().allMatch(Production.Wanted::isAttribute);
        error(
                attributes ? "missing-attribute" : "missing-element",
                element.location(),
                "<" + element.name() + "> needs " + condition.wanted(),
                "add it");
    }

    /** An attribute that nobody reads is told only where it looks like one that is read. */
    private void misspelt(XmlElement element, XmlAttribute attribute, Map<String, Attribute> known) {
        if (!attribute.namespace().isEmpty()
                || known.containsKey(attribute.name())
                || attribute.name().length() < 4) {
            return;
        }
        List<String> free =
                known.keySet().stream().filter(name -> !element.has(name)).toList();
        Similarity.nearest(attribute.name(), free)
                .ifPresent(meant -> problems.add(new Finding(
                        Problem.warning(
                                "unknown-attribute",
                                element.locationOf(attribute.name()),
                                "<" + element.name() + "> knows no attribute " + attribute.name(),
                                "did you mean '" + meant + "'?"),
                        element.renamed(attribute.name(), meant))));
    }

    private void error(String rule, Location where, String what, String fix) {
        problems.add(Finding.of(Problem.error(rule, where, what, fix)));
    }
}
