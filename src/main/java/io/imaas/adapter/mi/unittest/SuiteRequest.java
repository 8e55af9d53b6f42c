package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.xml.MalformedXmlException;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TestSelection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * The suite's own text with the files it names put in their places, as WSO2's Maven plugin sends it: artifacts and mock
 * services as XML, registry resources as text, connectors as base64.
 */
final class SuiteRequest {
    private final ProjectTree tree;
    private final XmlParser parser;
    private final String suite;
    private final List<Edit> edits = new ArrayList<>();
    private final List<String> mocks = new ArrayList<>();

    SuiteRequest(ProjectTree tree, XmlParser parser, String suite) {
        this.tree = tree;
        this.parser = parser;
        this.suite = suite;
    }

    private record Edit(int start, int end, String text) {}

    /** @param selection which of its cases stay */
    String of(XmlElement root, TestSelection selection) throws MalformedXmlException {
        XmlElement artifacts = root.child("artifacts")
                .orElseThrow(() -> bad(root, "the suite has no <artifacts>", "add the artifact it tests"));
        XmlElement tested = artifacts
                .child("test-artifact")
                .flatMap(t -> t.child("artifact"))
                .orElseThrow(() -> bad(artifacts, "the suite says not what it tests", "add a <test-artifact>"));
        artifact(tested);
        for (XmlElement supportive : children(artifacts, "supportive-artifacts")) {
            artifact(supportive);
        }
        for (XmlElement resource : children(artifacts, "registry-resources")) {
            registryResource(resource, artifacts);
        }
        for (XmlElement connector : children(artifacts, "connector-resources")) {
            connector(connector);
        }
        mockServices(root);
        children(root, "test-cases").stream()
                .filter(testCase -> !selection.takesCase(testCase.attribute("name")))
                .forEach(testCase -> edits.add(new Edit(testCase.start(), testCase.end(), "")));
        return edited(root);
    }

    private static List<XmlElement> children(XmlElement parent, String name) {
        return parent.child(name).map(XmlElement::children).orElse(List.of());
    }

    private void artifact(XmlElement element) throws MalformedXmlException {
        replace(element, xml(file(element)));
    }

    private void registryResource(XmlElement resource, XmlElement artifacts) throws MalformedXmlException {
        XmlElement element = resource.child("artifact")
                .orElseThrow(() -> bad(resource, "the registry resource names no file", "add <artifact>"));
        String written = element.text().strip();
        if (written.endsWith(".ts") && written.contains("datamapper")) {
            XmlElement resources = artifacts.child("registry-resources").orElseThrow();
            edits.add(new Edit(
                    resources.contentEnd(),
                    resources.contentEnd(),
                    new DataMapperResources(tree).of(resource, element)));
        }
        String file = file(element);
        replace(element, XmlEscapes.text(tree.read(file), file));
    }

    /** By path, or by name when Maven fetches it. */
    private void connector(XmlElement element) {
        String written = element.text().strip();
        String file = written.endsWith(".zip") || written.isEmpty()
                ? file(element)
                : tree.find("target/dependency/" + written + ".zip", suite)
                        .orElseThrow(() -> bad(
                                element,
                                "the connector " + written + " is not in target/dependency",
                                "build the project with Maven first"));
        replace(element, Base64.getEncoder().encodeToString(tree.read(file)));
    }

    /** The element stays even when it is empty: the plugin takes its children away without asking whether it is there. */
    private void mockServices(XmlElement root) throws MalformedXmlException {
        XmlElement services = root.child("mock-services").orElse(null);
        if (services == null) {
            edits.add(new Edit(root.contentEnd(), root.contentEnd(), "<mock-services/>"));
            return;
        }
        StringBuilder inlined = new StringBuilder();
        for (XmlElement named : services.children()) {
            String file = file(named);
            XmlElement mock = parser.parse(tree.read(file), file).root();
            inlined.append(mock.source());
            mocked(mock);
        }
        if (!services.children().isEmpty()) {
            replace(services, inlined.toString());
        }
    }

    private void mocked(XmlElement service) {
        for (XmlElement resource : children(service, "resources")) {
            String path = service.childText("context") + "/" + resource.childText("sub-context");
            mocks.add(service.childText("service-name") + ": " + resource.childText("method") + " "
                    + path.replaceAll("/{2,}", "/") + " -> "
                    + resource.child("response")
                            .map(response -> response.childText("status-code"))
                            .orElse(""));
        }
    }

    /** The calls that mock services answer, of the request that was made. */
    List<String> mocks() {
        return mocks;
    }

    private String file(XmlElement element) {
        String written = element.text().strip();
        if (written.isEmpty()) {
            throw bad(element, "<" + element.name() + "> names no file", "write the file's path");
        }
        return tree.find(written, suite)
                .orElseThrow(() -> bad(element, "the file " + written + " does not exist", "fix the path"));
    }

    private String xml(String file) throws MalformedXmlException {
        return parser.parse(tree.read(file), file).root().source();
    }

    private void replace(XmlElement element, String content) {
        edits.add(new Edit(element.contentStart(), element.contentEnd(), content));
    }

    /** The root element alone, as the plugin sends it: no declaration, nothing around it. */
    private String edited(XmlElement root) {
        String source = root.source();
        StringBuilder request = new StringBuilder();
        int at = root.start();
        edits.sort(Comparator.comparingInt(Edit::start));
        for (Edit edit : edits) {
            request.append(source, at - root.start(), edit.start() - root.start())
                    .append(edit.text());
            at = edit.end();
        }
        return request.append(source, at - root.start(), source.length()).toString();
    }

    private static FailureException bad(XmlElement element, String what, String suggestion) {
        return FailureException.input(what, element.location(), suggestion);
    }

    /** A data mapper's TypeScript stands for the three files that the build makes of it in {@code target/datamapper}. */
    private record DataMapperResources(ProjectTree tree) {
        String of(XmlElement resource, XmlElement artifact) {
            String name = resource.childText("file-name").replaceFirst("\\.ts$", "");
            StringBuilder xml = new StringBuilder();
            for (String suffix : VsCodeLayout.MADE_OF_DATA_MAPPERS) {
                String wanted = "target/datamapper/" + name + "/" + name + suffix;
                String file = tree.find(wanted, "")
                        .orElseThrow(() -> FailureException.input(
                                "the data mapper " + name + " has no " + wanted,
                                artifact.location(),
                                "build the project with Maven first"));
                xml.append("<registry-resource><file-name>%s</file-name><artifact>%s</artifact>"
                        .formatted(name + suffix, XmlEscapes.text(tree.read(file), file)));
                xml.append("<registry-path>%s</registry-path><media-type>%s</media-type></registry-resource>"
                        .formatted(
                                escaped(resource.childText("registry-path")),
                                escaped(resource.childText("media-type"))));
            }
            return xml.toString();
        }

        private static String escaped(String text) {
            return XmlEscapes.text(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
        }
    }
}
