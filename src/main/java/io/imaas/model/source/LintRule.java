package io.imaas.model.source;

import io.imaas.model.failure.Problem.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The checks of MI projects. {@code docs/lint-rules.md} has a section with an example for each of them. */
public enum LintRule {
    NOT_WELL_FORMED(Severity.ERROR, "the XML cannot be read"),
    WRONG_ROOT(Severity.ERROR, "not the root element that its folder calls for"),
    NO_NAME(Severity.ERROR, "an artifact or a test case without a name"),
    UNFIT_NAME(Severity.ERROR, "a name that cannot be a file name in the CAR"),
    NO_CONTEXT(Severity.ERROR, "an API without a context"),
    WRONG_NAMESPACE(Severity.WARNING, "an element outside of Synapse's namespace, which is not read"),
    NAME_DIFFERS(Severity.WARNING, "an artifact and its file are named differently"),
    NOT_PACKED(Severity.WARNING, "a file that the build leaves out of the CAR"),
    LINKED_FOLDER(Severity.ERROR, "a folder of the sources that is a link"),
    NOT_IN_MODULES(Severity.WARNING, "a composite names what no module here has"),
    EMPTY_CAR(Severity.ERROR, "a composite that names no artifact"),
    UNKNOWN_MEDIATOR(Severity.ERROR, "an element that is not a mediator where a mediator is due"),
    MISSING_ATTRIBUTE(Severity.ERROR, "an attribute that the Micro Integrator requires is missing"),
    MISSING_ELEMENT(Severity.ERROR, "an element that the Micro Integrator requires is missing"),
    INVALID_VALUE(Severity.ERROR, "a value that the Micro Integrator refuses"),
    INVALID_EXPRESSION(Severity.ERROR, "an expression or a pattern that cannot be read"),
    NEWER_RUNTIME(Severity.ERROR, "something that came after the runtime that the project is written for"),
    BAD_TEMPLATE(Severity.WARNING, "a payload's template that gives no payload"),
    UNKNOWN_ATTRIBUTE(Severity.WARNING, "an attribute that looks misspelt"),
    EMPTY_ATTRIBUTE(Severity.WARNING, "an attribute that is there but empty"),
    DUPLICATE_NAME(Severity.ERROR, "two of one name"),
    DUPLICATE_CONTEXT(Severity.ERROR, "two APIs of one context and version"),
    UNRESOLVED_REFERENCE(Severity.ERROR, "a name that nobody defines"),
    EXTERNAL_REFERENCE(Severity.INFO, "a name that must come from elsewhere"),
    UNDECLARED_CONFIG(Severity.ERROR, "a configuration key that config.properties does not declare"),
    CONFIG_TYPE(Severity.WARNING, "a configuration key with a misspelt type, or declared twice"),
    MISSING_RESOURCE(Severity.ERROR, "artifact.xml declares a resource that is not there"),
    UNDECLARED_RESOURCE(Severity.WARNING, "a registry file that no artifact.xml declares"),
    PLAIN_SECRET(Severity.WARNING, "a secret in plain text"),
    MISSING_FILE(Severity.ERROR, "a file that is named and does not exist"),
    NO_PATH(Severity.ERROR, "a suite's element that must name a file and names none"),
    NO_TEST_ARTIFACT(Severity.ERROR, "a suite that does not say what it tests"),
    NO_CASES(Severity.ERROR, "a suite without test cases"),
    BAD_SUITE(Severity.ERROR, "a suite that the test server cannot run"),
    NOT_IN_SUITE(Severity.WARNING, "a suite does not name what its artifacts call"),
    NO_ASSERTION(Severity.WARNING, "a test case that cannot fail"),
    UNUSED_MOCK(Severity.WARNING, "a mock service for no endpoint of its suite"),
    BAD_MOCK_SERVICE(Severity.ERROR, "a mock service that the test server gives up on, or leaves out"),
    DUPLICATE_PORT(Severity.ERROR, "two that listen on one port"),
    NO_CONNECTOR(Severity.WARNING, "an operation of a connector that the project does not have"),
    BAD_CONNECTOR(Severity.ERROR, "a zip among the connectors that is none"),
    BAD_MIGRATION(Severity.ERROR, "a script that the tool of the migration would not run"),
    BAD_IGNORE(Severity.WARNING, "an ignore comment without a reason, for no rule, or for nothing"),
    NOT_IN_CAR(Severity.ERROR, "the CAR lacks something of the sources"),
    CAR_EXTRA(Severity.ERROR, "the CAR has something that is not in the sources"),
    CAR_DIFFERS(Severity.ERROR, "the CAR has another content than the sources"),
    CAR_LIST(Severity.ERROR, "the CAR's lists and its content differ"),
    CAR_NOT_WELL_FORMED(Severity.ERROR, "a file of the CAR is not XML");

    private final Severity severity;
    private final String summary;

    LintRule(Severity severity, String summary) {
        this.severity = severity;
        this.summary = summary;
    }

    /** As findings and {@code imaas.yaml} write it, such as {@code unknown-mediator}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means for a build where nobody says otherwise. */
    public Severity severity() {
        return severity;
    }

    public String summary() {
        return summary;
    }

    public static Optional<LintRule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(LintRule::id).toList();
    }
}
