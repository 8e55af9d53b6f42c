package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.SuiteReply.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.MediatorRun;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server's reply held against what was sent. A pass is only what says so plainly: every case of the source is in the
 * result, and whatever is missing, unknown or too much is no pass.
 */
final class SuiteReply {
    private static final ObjectMapper JSON = BoundedJson.strict();
    private static final String PASSED = "PASSED";
    /** A frame of the server's own code: the real one sends its whole stack after each message. */
    private static final Pattern FRAME = Pattern.compile(
            "(at )?(javax?\\.|jdk\\.|sun\\.|java\\.base/|org\\.apache\\.|org\\.wso2\\.)[\\w.$/<>]+\\([^()]*\\)");

    private final SuiteSource source;
    private final JsonNode reply;

    private SuiteReply(SuiteSource source, JsonNode reply) {
        this.source = source;
        this.reply = reply;
    }

    static Suite read(SuiteSource source, String json, long millis) {
        JsonNode reply;
        try {
            reply = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return source.missing("the server's reply is not JSON: " + e.getOriginalMessage(), millis);
        }
        if (!reply.isObject()) {
            return source.missing("the server's reply is not a JSON object", millis);
        }
        return new SuiteReply(source, reply).suite(millis);
    }

    private Suite suite(long millis) {
        String problem = problem();
        Map<String, List<JsonNode>> answered = answered();
        List<Case> cases = new ArrayList<>();
        for (String name : source.cases()) {
            List<JsonNode> results = answered.getOrDefault(name, List.of());
            if (results.isEmpty()) {
                cases.add(unanswered(name, problem));
            } else {
                cases.add(CaseResult.of(name, results.get(0)));
                answered.put(name, results.subList(1, results.size()));
            }
        }
        answered.forEach((name, results) -> results.forEach(r -> cases.add(
                new Case(name, Verdict.ERROR, "the server tells of a case '" + name + "' that was not sent", "", ""))));
        return new Suite(
                source.file(),
                cases,
                MediatorCoverage.of(reply.path("mediatorCoverage")),
                millis,
                problem,
                source.mocks());
    }

    private Map<String, List<JsonNode>> answered() {
        Map<String, List<JsonNode>> answered = new LinkedHashMap<>();
        reply.path("testCases")
                .forEach(result -> answered.computeIfAbsent(text(result, "testCaseName"), n -> new ArrayList<>())
                        .add(result));
        return answered;
    }

    /** What keeps the suite as a whole from passing, or empty. */
    private String problem() {
        String deployment = text(reply, "deploymentStatus");
        if (!deployment.equals(PASSED)) {
            String why = first("deploymentException", "deploymentDescription")
                    .map(said -> said + " (the server's log tells why, and often imaas lint does)")
                    .orElse("the server does not say why");
            return (deployment.isEmpty()
                            ? "the reply has no deployment status: "
                            : "the server could not load the artifacts (" + deployment + "): ")
                    + why;
        }
        // What the server says of a supportive artifact that it could not load; the status tells of the last step only.
        Optional<String> notLoaded = first("deploymentException");
        if (notLoaded.isPresent()) {
            return "the server could not load an artifact: " + notLoaded.get();
        }
        // The loop over the cases ends at the first exception; the cases after it have no result.
        String mediation = text(reply, "mediationStatus");
        if (!mediation.equals(PASSED)) {
            return "the test run broke off" + (mediation.isEmpty() ? "" : " (" + mediation + ")")
                    + current().map(c -> " in the case '" + c + "'").orElse("") + ": "
                    + first("mediationException").orElse("the server does not say why");
        }
        return reply.path("testCases").isArray() ? "" : "the reply has no list of cases";
    }

    private Case unanswered(String name, String problem) {
        boolean brokeOffHere = current().filter(name::equals).isPresent()
                && text(reply, "deploymentStatus").equals(PASSED)
                && !text(reply, "mediationStatus").equals(PASSED);
        String reason = problem.isEmpty() ? "it was sent, and the server's reply does not tell of it" : problem;
        return new Case(name, brokeOffHere ? Verdict.ERROR : Verdict.MISSING, reason, "", "");
    }

    private Optional<String> current() {
        return Optional.of(text(reply, "currentTestCase")).filter(c -> !c.isEmpty());
    }

    private Optional<String> first(String... fields) {
        for (String field : fields) {
            String text = said(reply, field);
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    /** What the server says in a field, without the frames of its own code; they stay where it says nothing else. */
    static String said(JsonNode node, String field) {
        String text = text(node, field).strip();
        String message = text.lines()
                .filter(line -> !FRAME.matcher(line.strip()).matches())
                .collect(Collectors.joining("\n"))
                .strip();
        return message.isEmpty() || message.equals("null") ? text : message;
    }

    /** Null and absent are the empty string: the server leaves out what it does not know, or writes null. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    /**
     * Which of an artifact's mediators ran. Newer servers name each of them; their percentage also counts those of the
     * sequences and templates that the artifact uses, so it counts only where a server tells nothing else.
     */
    private static final class MediatorCoverage {
        private MediatorCoverage() {}

        static List<Coverage> of(JsonNode coverage) {
            List<Coverage> found = new ArrayList<>();
            add(coverage.path("primaryArtifact"), found);
            coverage.path("supportingArtifacts").forEach(artifact -> add(artifact, found));
            coverage.path("artifacts").forEach(artifact -> add(artifact, found));
            return found;
        }

        private static void add(JsonNode artifact, List<Coverage> found) {
            String type = text(artifact, "artifactType");
            String name = text(artifact, "artifactName");
            JsonNode details = artifact.path("mediatorDetails");
            List<MediatorRun> mediators = new ArrayList<>();
            details.forEach(one -> mediators.add(new MediatorRun(
                    text(one, "mediatorId"), one.path("executed").asBoolean())));
            double percentage = details.isArray()
                    ? 100.0 * mediators.stream().filter(MediatorRun::executed).count() / Math.max(1, mediators.size())
                    : percentage(text(artifact, "coveragePercentage"));
            // An artifact that only calls others has nothing of its own to run.
            boolean nothing = details.isArray() && mediators.isEmpty();
            if (!name.isEmpty() && percentage >= 0 && !nothing) {
                found.add(new Coverage(type, name, Math.min(100, percentage), mediators));
            }
        }

        /** A number, or a number as text with or without a percent sign; -1 for anything else. */
        private static double percentage(String text) {
            try {
                double value = Double.parseDouble(
                        text.replace("%", "").replace(',', '.').strip());
                return Double.isFinite(value) ? value : -1;
            } catch (NumberFormatException e) {
                return -1;
            }
        }
    }

    /** The verdict on one case of a reply. */
    private static final class CaseResult {
        private CaseResult() {}

        static Case of(String name, JsonNode result) {
            String mediation = text(result, "mediationStatus");
            String assertion = text(result, "assertionStatus");
            String exception = said(result, "exception");
            JsonNode failures = result.path("failureAssertions");
            if (!failures.isEmpty() || assertion.equals("FAILED")) {
                return failed(name, failures, exception);
            }
            Verdict verdict = Verdict.ERROR;
            String why = "the reply says neither that the case passed nor that it failed (mediation '" + mediation
                    + "', assertion '" + assertion + "')";
            if (mediation.equals("PASSED") && assertion.equals("PASSED")) {
                verdict = exception.isEmpty() ? Verdict.PASSED : Verdict.ERROR;
                why = "";
            } else if (mediation.equals("FAILED")) {
                why = "the mediation failed; the server's log says why";
            } else if (mediation.equals("SKIPPED") || assertion.equals("SKIPPED")) {
                verdict = Verdict.SKIPPED;
                why = "the server skipped the case";
            } else {
                exception = "";
            }
            return new Case(name, verdict, exception.isEmpty() ? why : exception, "", "");
        }

        /** All failed assertions in the message; expected and actual are the first one's, the others say theirs there. */
        private static Case failed(String name, JsonNode failures, String exception) {
            List<String> messages = new ArrayList<>();
            for (JsonNode failure : failures) {
                String expected = text(failure, "expected");
                messages.add(message(failure)
                        + (messages.isEmpty() || expected.isEmpty()
                                ? ""
                                : ": expected " + expected + ", actual " + text(failure, "actual")));
            }
            if (messages.isEmpty()) {
                messages.add(exception.isEmpty() ? "an assertion failed; the server does not say which" : exception);
            }
            JsonNode first = failures.path(0);
            return new Case(
                    name, Verdict.FAILED, String.join("\n", messages), text(first, "expected"), text(first, "actual"));
        }

        private static String message(JsonNode failure) {
            String message = text(failure, "message").strip();
            String description = text(failure, "assertionDescription").strip();
            String said = message.isEmpty() ? description : message;
            String what = text(failure, "assertionType") + " " + text(failure, "assertionExpression");
            return said.isEmpty() ? what.strip() : said + " (" + what.strip() + ")";
        }
    }
}
