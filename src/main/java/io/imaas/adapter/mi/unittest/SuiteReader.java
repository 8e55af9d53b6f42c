package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.xml.MalformedXmlException;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TestSelection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a suite and makes its request; what is wrong becomes the suite's problem, so that the others still run. */
final class SuiteReader {
    private final ProjectTree tree;
    private final TestSelection selection;
    private static final Set<String> ASSERTIONS = Set.of("assertEquals", "assertNotNull");

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
            Optional<String> fault = fault(root);
            if (fault.isPresent()) {
                return SuiteSource.unsendable(file, cases, fault.get());
            }
            cases = cases.stream().filter(selection::takesCase).toList();
            SuiteRequest request = new SuiteRequest(tree, parser, file);
            List<String> nothing = sent(root).stream()
                    .filter(one -> assertions(one).isEmpty())
                    .map(one -> one.attribute("name"))
                    .filter(cases::contains)
                    .toList();
            return new SuiteSource(file, cases, nothing, request.of(root, selection), request.mocks(), "");
        } catch (MalformedXmlException e) {
            return SuiteSource.unsendable(file, cases, e.where() + ": " + e.getMessage());
        } catch (FailureException e) {
            return SuiteSource.unsendable(file, cases, e.failure().sentence());
        }
    }

    /** What the server passes over (seen on 4.0.0-wso2v215 and 4.1.0-wso2v67). */
    private static Optional<String> fault(XmlElement root) {
        for (XmlElement one : sent(root)) {
            if (one.child("assertions").isEmpty()) {
                return Optional.of(one.location()
                        + ": the case has no <assertions>, and the server then reads no case of the suite"
                        + " (seen on 4.1.0-wso2v67)");
            }
            for (XmlElement assertion : assertions(one)) {
                if (!ASSERTIONS.contains(assertion.name())) {
                    return Optional.of(assertion.location() + ": the server knows no assertion <" + assertion.name()
                            + "> and would pass over it (use <assertEquals> or <assertNotNull>)");
                }
            }
        }
        return Optional.empty();
    }

    private static List<XmlElement> sent(XmlElement root) {
        return root.child("test-cases").map(XmlElement::children).orElse(List.of());
    }

    /** A case without any passes whatever comes out: the server only runs the mediation. */
    private static List<XmlElement> assertions(XmlElement testCase) {
        return testCase.child("assertions").map(XmlElement::children).orElse(List.of());
    }

    /** The server takes every child of the first list for a case, whatever its name; those of another one are missed. */
    private static List<String> cases(XmlElement root) {
        return root.children("test-cases").stream()
                .flatMap(list -> list.children().stream())
                .map(c -> c.attribute("name"))
                .toList();
    }
}
