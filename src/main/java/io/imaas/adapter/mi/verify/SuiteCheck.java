package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ConnectorName;
import io.imaas.adapter.mi.source.TestSuiteFiles;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Unit-test suites: whatever they name exists, and every case can be told apart. The Maven plugin passes over both. */
final class SuiteCheck {
    private final ProjectSources sources;
    private final Findings findings;
    private final SuiteReferences references;
    /** By their files. */
    private final Map<String, Optional<ConnectorName>> connectors = new HashMap<>();

    SuiteCheck(ProjectSources sources) {
        this.sources = sources;
        this.references = new SuiteReferences(sources);
        this.findings = sources.findings();
    }

    void run() {
        TestSuiteFiles.passedOver(sources.tree())
                .forEach(file -> findings.warning(
                        "bad-suite",
                        Location.of(file),
                        "only files that end with .xml in small letters are run, so nobody runs this suite",
                        "rename it"));
        for (String file : TestSuiteFiles.of(sources.project(), sources.tree())) {
            if (sources.tree().has(file)) {
                sources.xml(file).map(XmlDocument::root).ifPresent(root -> suite(root, file));
            }
        }
    }

    private void suite(XmlElement root, String file) {
        if (!root.name().equals("unit-test")) {
            findings.error(
                    "wrong-root",
                    root.location(),
                    "the root element is <" + root.name() + ">, a suite's is <unit-test>",
                    "fix the suite, or move the file if it is none");
            return;
        }
        SuiteLimits.once(root, "bad-suite", findings);
        Optional<XmlElement> artifacts = root.child("artifacts");
        List<XmlElement> named = new ArrayList<>();
        Optional<XmlElement> tested =
                artifacts.flatMap(a -> a.child("test-artifact")).flatMap(t -> t.child("artifact"));
        if (tested.isEmpty()) {
            findings.error(
                    "no-test-artifact", root.location(), "the suite says not what it tests", "add a <test-artifact>");
        }
        tested.ifPresent(named::add);
        artifacts.flatMap(a -> a.child("supportive-artifacts")).ifPresent(s -> named.addAll(s.children()));
        String kind = tested.flatMap(element -> document(element, file))
                .map(XmlElement::name)
                .orElse("");
        SuiteLimits limits = new SuiteLimits(findings, kind);
        named.forEach(element -> {
            existing(element, file).ifPresent(sources::xml);
            document(element, file)
                    .ifPresent(artifact -> limits.artifact(
                            element, artifact, tested.filter(element::equals).isPresent()));
        });
        List<XmlElement> resources = artifacts
                .flatMap(a -> a.child("registry-resources"))
                .map(XmlElement::children)
                .orElse(List.of());
        resources.forEach(resource -> registryResource(resource, file));
        List<Optional<ConnectorName>> brought = artifacts.flatMap(a -> a.child("connector-resources")).stream()
                .flatMap(c -> c.children().stream())
                .map(connector -> connector(connector, file))
                .toList();
        references.check(named, brought, resources, file);
        cases(root, limits);
        new MockServiceCheck(sources, file, kind).run(root, named);
    }

    /** The root of the file that an element names, when it can be read; what is wrong with it is told elsewhere. */
    private Optional<XmlElement> document(XmlElement element, String suite) {
        String written = element.text().strip();
        return written.isEmpty()
                ? Optional.empty()
                : sources.tree().find(written, suite).flatMap(sources::xml).map(XmlDocument::root);
    }

    /** The file that an element names, when it exists. */
    private Optional<String> existing(XmlElement element, String suite) {
        String written = element.text().strip();
        if (written.isEmpty()) {
            findings.error(
                    "no-path", element.location(), "<" + element.name() + "> names no file", "write the file's path");
            return Optional.empty();
        }
        Optional<String> file = sources.tree().find(written, suite);
        if (file.isEmpty()) {
            findings.error(
                    "missing-file",
                    element.location(),
                    "the suite's file " + written + " does not exist",
                    "fix the path; the Maven plugin would report no test cases and succeed");
        }
        return file;
    }

    private void registryResource(XmlElement resource, String suite) {
        for (String part : List.of("file-name", "registry-path", "media-type")) {
            if (resource.child(part).isEmpty()) {
                findings.error(
                        "bad-suite",
                        resource.location(),
                        "the registry resource has no <" + part + ">, which the server reads",
                        "add it");
            }
        }
        Optional<XmlElement> artifact = resource.child("artifact");
        if (artifact.isEmpty()) {
            findings.error("no-path", resource.location(), "the registry resource names no file", "add <artifact>");
        } else if (!artifact.get().text().contains("target/")) {
            existing(artifact.get(), suite);
        }
    }

    /** A connector that Maven fetches is there only after a build. */
    private Optional<ConnectorName> connector(XmlElement element, String suite) {
        String written = element.text().strip();
        if (!written.isEmpty() && (!written.endsWith(".zip") || written.contains("target/"))) {
            return Optional.empty();
        }
        Optional<String> file = existing(element, suite);
        Optional<ConnectorName> name = file.flatMap(zip -> connectors.computeIfAbsent(
                zip, one -> ConnectorName.ofZip(sources.tree().read(one))));
        if (file.isPresent() && name.isEmpty()) {
            findings.error(
                    "bad-suite",
                    element.location(),
                    file.get() + " is not a connector: it has no connector.xml, and the server then runs no case",
                    "download it from the connector store again");
        }
        return name;
    }

    private void cases(XmlElement root, SuiteLimits limits) {
        List<XmlElement> cases =
                root.child("test-cases").map(XmlElement::children).orElse(List.of());
        if (cases.isEmpty()) {
            findings.error("no-cases", root.location(), "the suite has no test case", "add one or remove the suite");
        }
        Set<String> names = new HashSet<>();
        for (XmlElement testCase : cases) {
            String name = testCase.attribute("name");
            if (name.isBlank()) {
                findings.error("no-name", testCase.location(), "the test case has no name", "add name=\"…\"");
            } else if (!names.add(name)) {
                findings.error(
                        "duplicate-name",
                        testCase.locationOf("name"),
                        "the suite has two test cases '" + name + "'",
                        "rename one; results are told apart by name only");
            }
            assertions(testCase);
            limits.testCase(testCase);
        }
    }

    private void assertions(XmlElement testCase) {
        List<XmlElement> assertions =
                testCase.child("assertions").map(XmlElement::children).orElse(List.of());
        if (testCase.child("assertions").isEmpty()) {
            findings.error(
                    "bad-suite",
                    testCase.location(),
                    "the test case '" + testCase.attribute("name")
                            + "' has no <assertions>, and the server then reads no case of the suite",
                    "add <assertions>");
        } else if (assertions.isEmpty()) {
            findings.warning(
                    "no-assertion",
                    testCase.location(),
                    "the test case '" + testCase.attribute("name") + "' asserts nothing, so it can't fail",
                    "add <assertions>");
        }
        for (XmlElement assertion : assertions) {
            boolean equals = assertion.name().equals("assertEquals");
            if (!equals && !assertion.name().equals("assertNotNull")) {
                findings.error(
                        "bad-suite",
                        assertion.location(),
                        "the server knows no assertion <" + assertion.name() + "> and would pass over it",
                        "use <assertEquals> or <assertNotNull>");
            } else if (assertion.child("actual").isEmpty()
                    || assertion.child("message").isEmpty()
                    || (equals && assertion.child("expected").isEmpty())) {
                findings.error(
                        "bad-suite",
                        assertion.location(),
                        "<" + assertion.name() + "> needs <actual>, " + (equals ? "<expected> " : "") + "and <message>",
                        "add what is missing; the server fails on it");
            }
        }
    }
}
