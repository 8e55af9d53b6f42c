package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.xml.MalformedXmlException;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TestSelection;
import java.util.List;

/** Reads a suite and makes its request; what is wrong becomes the suite's problem, so that the others still run. */
final class SuiteReader {
    private final ProjectTree tree;
    private final TestSelection selection;
    private final XmlParser parser = new XmlParser();

    /** @param selection which cases to send */
    SuiteReader(ProjectTree tree, TestSelection selection) {
        this.tree = tree;
        this.selection = selection;
    }

    SuiteSource read(String file) {
        List<String> cases = List.of();
        try {
            XmlElement root = parser.parse(tree.read(file), file).root();
            if (!root.name().equals("unit-test")) {
                return SuiteSource.unsendable(file, cases, root.location() + ": the root element is no <unit-test>");
            }
            cases = cases(root);
            if (cases.isEmpty()) {
                return SuiteSource.unsendable(file, cases, file + ": the suite has no test case");
            }
            cases = cases.stream().filter(selection::takesCase).toList();
            SuiteRequest request = new SuiteRequest(tree, parser, file);
            return new SuiteSource(file, cases, request.of(root, selection), request.mocks(), "");
        } catch (MalformedXmlException e) {
            return SuiteSource.unsendable(file, cases, e.where() + ": " + e.getMessage());
        } catch (FailureException e) {
            return SuiteSource.unsendable(file, cases, e.failure().sentence());
        }
    }

    /** The server takes every child for a case, whatever its name. */
    private static List<String> cases(XmlElement root) {
        return root.child("test-cases").map(XmlElement::children).orElse(List.of()).stream()
                .map(c -> c.attribute("name"))
                .toList();
    }
}
