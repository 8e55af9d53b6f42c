package io.imaas.adapter.mi.verify;

import io.imaas.adapter.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the unit-test server cannot run, though the suite is well written: it breaks off, or takes something else.
 *
 * @param kind root element of the artifact that is tested; empty when it cannot be read
 */
record SuiteLimits(Findings findings, String kind) {
    private static final Set<String> TESTED = Set.of("sequence", "proxy", "api");
    private static final Set<String> SUPPORTIVE =
            Set.of("sequence", "proxy", "api", "endpoint", "localEntry", "template");
    private static final List<String> OF_A_MESSAGE = List.of("$body", "$ctx:", "$axis2:", "$trp:");
    private static final List<String> OF_A_RESPONSE = List.of("$body", "$statusCode", "$httpVersion", "$trp:");
    private static final Map<String, List<String>> ACTUALS =
            Map.of("sequence", OF_A_MESSAGE, "proxy", OF_A_RESPONSE, "api", OF_A_RESPONSE);

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> SCOPES = List.of("default", "axis2", "transport");

    private static final Set<String> LISTS = Set.of(
            "supportive-artifacts",
            "registry-resources",
            "connector-resources",
            "test-cases",
            "assertions",
            "properties",
            "mock-services",
            "resources",
            "headers");
    /** What they hold is told elsewhere. */
    private static final Set<String> TEXTS = Set.of("payload", "expected", "actual", "message");

    /** @param root of the artifact's file */
    void artifact(XmlElement written, XmlElement root, boolean tested) {
        Set<String> known = tested ? TESTED : SUPPORTIVE;
        if (!known.contains(root.name())) {
            bad(
                    written,
                    "the server takes no <" + root.name() + "> as "
                            + (tested ? "what is tested" : "a supportive artifact"),
                    "use one of " + String.join(", ", known.stream().sorted().toList()));
        }
    }

    /** Of children of one name the server reads the first alone, except in lists. */
    static void once(XmlElement element, String rule, Findings findings) {
        Set<String> names = new HashSet<>();
        for (XmlElement child : element.children()) {
            if (!LISTS.contains(element.name()) && !names.add(child.name())) {
                findings.error(
                        rule,
                        child.location(),
                        "<" + element.name() + "> has a second <" + child.name() + ">, which the server never reads",
                        "put what it has into the first one");
            }
            if (!TEXTS.contains(child.name())) {
                once(child, rule, findings);
            }
        }
    }

    void testCase(XmlElement testCase) {
        List<XmlElement> inputs = testCase.children("input");
        if (kind.equals("api")
                && inputs.stream().allMatch(i -> i.childText("request-method").isEmpty())) {
            bad(testCase, "a case of an API needs a <request-method>; the server breaks off without it", "add it");
        }
        if (kind.equals("api")) {
            inputs.stream().flatMap(i -> i.children("request-method").stream()).forEach(this::method);
        }
        inputs.stream()
                .flatMap(i -> i.children("properties").stream())
                .flatMap(properties -> properties.children().stream())
                .forEach(this::property);
        inputs.stream()
                .flatMap(input -> input.children("payload").stream())
                .filter(payload -> !payload.children().isEmpty())
                .forEach(payload -> bad(
                        payload,
                        "the server reads the payload's text only, so this XML is lost",
                        "wrap it: <![CDATA[" + "…]]" + ">"));
        testCase.children("assertions").stream()
                .flatMap(assertions -> assertions.children().stream())
                .flatMap(assertion -> assertion.children("actual").stream())
                .forEach(this::actual);
    }

    private void method(XmlElement method) {
        String written = method.text();
        if (!written.isBlank() && !METHODS.contains(written.toUpperCase(Locale.ROOT))) {
            bad(
                    method,
                    "the server sends no '" + written + "'",
                    "use one of " + String.join(", ", METHODS) + ", without blanks");
        }
    }

    /** A sequence gets them all, an API and a proxy only what travels with the request. */
    private void property(XmlElement property) {
        String scope = property.has("scope") ? property.attribute("scope") : "default";
        if (property.attribute("name").isEmpty()) {
            bad(property, "the property has no name, and the server breaks off", "add name=\"…\"");
        } else if (kind.equals("sequence") && !SCOPES.contains(scope)) {
            bad(
                    property,
                    "the server knows no scope '" + scope + "' and breaks off",
                    "use one of " + String.join(", ", SCOPES));
        } else if (ACTUALS.containsKey(kind) && !kind.equals("sequence") && !scope.equals("transport")) {
            findings.warning(
                    "bad-suite",
                    property.location(),
                    "a property of the scope '" + scope + "' does not travel with the request, so it is not set",
                    "write scope=\"transport\", or remove it");
        }
    }

    private void actual(XmlElement actual) {
        String written = actual.text().strip();
        List<String> known = ACTUALS.getOrDefault(kind, List.of());
        boolean fits = known.stream()
                .anyMatch(one -> one.endsWith(":")
                        ? written.startsWith(one) && written.length() > one.length()
                        : written.equals(one));
        if (!known.isEmpty() && !written.isEmpty() && !fits) {
            List<String> shown = new ArrayList<>();
            known.forEach(one -> shown.add(one.endsWith(":") ? one + "name" : one));
            bad(
                    actual,
                    "the server knows no '" + written + "' for a test of "
                            + (kind.equals("api") ? "an API" : "a " + kind),
                    "use one of " + String.join(", ", shown));
        }
    }

    private void bad(XmlElement element, String what, String fix) {
        findings.error("bad-suite", element.location(), what, fix);
    }
}
