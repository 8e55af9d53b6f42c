package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.SuiteReply.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The verdict on one case of a reply. */
final class CaseResult {
    private CaseResult() {}

    static Case of(String name, JsonNode result) {
        String mediation = text(result, "mediationStatus");
        String assertion = text(result, "assertionStatus");
        String exception = text(result, "exception").strip();
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

    /** All failed assertions in the message; expected and actual are the first one's. */
    private static Case failed(String name, JsonNode failures, String exception) {
        List<String> messages = new ArrayList<>();
        for (JsonNode failure : failures) {
            messages.add(message(failure));
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
