package io.imaas.adapter.mi.verify;

import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mock services of a suite. The server reads them without a check and gives up on the whole suite, or leaves the
 * endpoint unmocked without a word.
 *
 * @param kind root element of the artifact that is tested
 */
record MockServiceCheck(ProjectSources sources, String suite, String kind) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "OPTIONS", "HEAD");
    /** The server calls blocking in the test of a sequence, and that knows fewer methods. */
    private static final Set<String> UNSENT = Set.of("OPTIONS", "HEAD");

    /** @param artifacts the elements that name the suite's artifacts */
    void run(XmlElement root, List<XmlElement> artifacts) {
        List<XmlElement> mocks =
                root.child("mock-services").map(XmlElement::children).orElse(List.of());
        Set<String> endpoints = endpoints(artifacts);
        Map<String, String> ports = new HashMap<>();
        for (XmlElement mock : mocks) {
            String written = mock.text().strip();
            Optional<String> file =
                    written.isEmpty() ? Optional.empty() : sources.tree().find(written, suite);
            if (file.isEmpty()) {
                sources.error(
                        "missing-file",
                        mock.location(),
                        written.isEmpty()
                                ? "<" + mock.name() + "> names no file"
                                : "the mock service " + written + " does not exist",
                        "fix the path");
                continue;
            }
            sources.xml(file.get()).map(XmlDocument::root).ifPresent(service -> {
                if (check(service)) {
                    used(service, mock, endpoints);
                    samePort(service, mock, file.get(), ports);
                }
            });
        }
    }

    /** Names of endpoints that the suite's artifacts define: only these can be mocked. */
    private Set<String> endpoints(List<XmlElement> artifacts) {
        Set<String> names = new HashSet<>();
        for (XmlElement artifact : artifacts) {
            sources.tree()
                    .find(artifact.text().strip(), suite)
                    .filter(f -> !artifact.text().isBlank())
                    .flatMap(sources::xml)
                    .ifPresent(document -> document.root().walk(element -> {
                        if (element.name().equals("endpoint")) {
                            names.add(element.attribute("name"));
                        }
                    }));
        }
        return names;
    }

    private boolean check(XmlElement service) {
        if (!service.name().equals("mock-service")) {
            bad(service, "the root element is <" + service.name() + ">, a mock service's is <mock-service>");
            return false;
        }
        SuiteLimits.once(service, "bad-mock-service", sources.findings());
        required(service, "service-name");
        required(service, "context");
        required(service, "port").ifPresent(port -> number(port, 1, 65535, "port"));
        Optional<XmlElement> resources = service.child("resources");
        if (resources.isEmpty() || resources.get().children().isEmpty()) {
            bad(resources.orElse(service), "the mock service answers nothing: it has no <resource>");
        }
        resources.ifPresent(r -> r.children().forEach(this::resource));
        return true;
    }

    private void resource(XmlElement resource) {
        if (resource.child("sub-context").isEmpty()) {
            bad(resource, "the resource has no <sub-context>; write / for the context itself");
        }
        required(resource, "method").ifPresent(this::method);
        Optional<XmlElement> response = resource.child("response");
        if (response.isEmpty()) {
            bad(resource, "the resource has no <response>");
            return;
        }
        required(response.get(), "status-code").ifPresent(code -> number(code, 100, 599, "status code"));
        for (String side : List.of("request", "response")) {
            resource.child(side).flatMap(s -> s.child("headers")).ifPresent(headers -> headers.children()
                    .forEach(this::header));
        }
    }

    private void method(XmlElement method) {
        String written = method.text().strip().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(written)) {
            bad(
                    method,
                    "the server mocks no " + method.text().strip() + " and would answer GET instead; it knows "
                            + String.join(", ", METHODS));
        } else if (kind.equals("sequence") && UNSENT.contains(written)) {
            sources.warning(
                    "bad-mock-service",
                    method.location(),
                    "a sequence under test calls with POST instead of " + written
                            + ", so this answer is never given (seen on 4.1.0-wso2v67)",
                    "test the API or the proxy that calls the sequence");
        }
    }

    private void header(XmlElement header) {
        if (header.attribute("name").isBlank() || !header.has("value")) {
            bad(header, "a header needs the attributes name and value");
        }
    }

    private Optional<XmlElement> required(XmlElement parent, String child) {
        Optional<XmlElement> found = parent.child(child).filter(c -> !c.text().isBlank());
        if (found.isEmpty()) {
            bad(parent.child(child).orElse(parent), "<" + parent.name() + "> has no <" + child + ">");
        }
        return found;
    }

    private void number(XmlElement element, int least, int most, String what) {
        String text = element.text();
        boolean fits =
                NUMBER.matcher(text).matches() && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
        if (!fits) {
            bad(
                    element,
                    "'" + text.strip() + "' is not a " + what + " (" + least + " to " + most + ", without spaces)");
        }
    }

    private void used(XmlElement service, XmlElement mock, Set<String> endpoints) {
        String name = service.childText("service-name");
        if (!name.isEmpty() && !endpoints.contains(name)) {
            sources.warning(
                    "unused-mock",
                    mock.location(),
                    "no artifact of the suite has an endpoint '" + name + "', so the mock service stands for nothing",
                    "add the endpoint to <supportive-artifacts>; calls by connectors can't be mocked");
        }
    }

    private void samePort(XmlElement service, XmlElement mock, String file, Map<String, String> ports) {
        String port = service.childText("port");
        String other = port.isEmpty() ? null : ports.putIfAbsent(port, file);
        if (other != null) {
            sources.error(
                    "duplicate-port",
                    mock.location(),
                    "two mock services of the suite listen on port " + port + ", the other is " + other,
                    "give each its own");
        }
    }

    private void bad(XmlElement element, String what) {
        Location where = element.location();
        sources.error("bad-mock-service", where, what, "see docs/unit-tests.md");
    }
}
