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
            Optional<XmlElement> ignored = ignoredAssertion(root);
            if (ignored.isPresent()) {
                return SuiteSource.unsendable(
                        file,
                        cases,
                        ignored.get().location() + ": the server knows no assertion <"
                                + ignored.get().name()
                                + "> and would pass over it (use <assertEquals> or <assertNotNull>)");
            }
            Optional<XmlElement> without = root.child("test-cases").stream()
                    .flatMap(all -> all.children().stream())
                    .filter(one -> one.child("assertions").isEmpty())
                    .findFirst();
            if (without.isPresent()) {
                return SuiteSource.unsendable(
                        file,
                        cases,
                        without.get().location()
                                + ": the case has no <assertions>, and the server then reads no case of"
                                + " the suite (seen on 4.1.0-wso2v67)");
            }
            cases = cases.stream().filter(selection::takesCase).toList();
            SuiteRequest request = new SuiteRequest(tree, parser, file);
            List<String> nothing =
                    assertingNothing(root).stream().filter(cases::contains).toList();
            return new SuiteSource(file, cases, nothing, request.of(root, selection), request.mocks(), "");
        } catch (MalformedXmlException e) {
            return SuiteSource.unsendable(file, cases, e.where() + ": " + e.getMessage());
        } catch (FailureException e) {
            return SuiteSource.unsendable(file, cases, e.failure().sentence());
        }
    }

    /** An assertion of another name is never made, and the case passes (seen on 4.0.0-wso2v215 and 4.1.0-wso2v67). */
    private static Optional<XmlElement> ignoredAssertion(XmlElement root) {
        return root.child("test-cases").map(XmlElement::children).orElse(List.of()).stream()
                .flatMap(c -> c.child("assertions").map(XmlElement::children).orElse(List.of()).stream())
                .filter(assertion -> !ASSERTIONS.contains(assertion.name()))
                .findFirst();
    }

    /** Cases that pass whatever comes out: the server only runs the mediation. */
    private static List<String> assertingNothing(XmlElement root) {
        return root.child("test-cases").map(XmlElement::children).orElse(List.of()).stream()
                .filter(c -> c.child("assertions")
                        .map(XmlElement::children)
                        .orElse(List.of())
                        .isEmpty())
                .map(c -> c.attribute("name"))
                .toList();
    }

    /** The server takes every child of the first list for a case, whatever its name; those of another one are missed. */
    private static List<String> cases(XmlElement root) {
        return root.children("test-cases").stream()
                .flatMap(list -> list.children().stream())
                .map(c -> c.attribute("name"))
                .toList();
    }
}
