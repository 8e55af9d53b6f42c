package io.imaas.adapter.mi.unittest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's reply held against what was sent. A pass is only what says so plainly: every case of the source is in the
 * result, and whatever is missing, unknown or too much is no pass.
 */
final class SuiteReply {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String PASSED = "PASSED";

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
            String why = first("deploymentException", "deploymentDescription").orElse("the server does not say why");
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
            String text = text(reply, field).strip();
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    /** Null and absent are the empty string: the server leaves out what it does not know, or writes null. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
