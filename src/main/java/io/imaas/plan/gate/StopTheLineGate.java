package io.imaas.plan.gate;

import io.imaas.model.tenancy.Stop;
import io.imaas.plan.snapshot.PushedValues;
import java.util.ArrayList;
import java.util.List;

/**
 * Closed while somebody has stopped the platform, the tenant or the service. A build may be what puts right why: it comes to its
 * first environment all the same, but brings nothing along that people pushed meanwhile.
 */
final class StopTheLineGate implements Gate {
    @Override
    public Answer ask(Question question) {
        String file = question.tenantFile();
        String service = "services[" + question.service() + "].stopTheLine";
        List<String> reasons = new ArrayList<>();
        List<String> openers = new ArrayList<>();
        add(question.platform().stopTheLine(), "the platform", "policy.stopTheLine", "platform.yaml", reasons, openers);
        add(
                question.tenant().stopTheLine(),
                "tenant " + question.tenant().name(),
                "stopTheLine",
                file,
                reasons,
                openers);
        add(question.candidate().service().stopTheLine(), question.service().value(), service, file, reasons, openers);
        if (reasons.isEmpty() || (ofBuilds(question) && !bringsMore(question))) {
            return Answer.notAsked();
        }
        if (ofBuilds(question)) {
            reasons.add("the release would bring along what people pushed to "
                    + question.environment().name() + " and what does not run yet");
            openers.add("take that back");
        }
        return Answer.closed(String.join("; ", reasons), String.join("; ", openers));
    }

    private static boolean ofBuilds(Question question) {
        return question.occasion() == Occasion.LANDING || question.occasion() == Occasion.RELEASE;
    }

    private static boolean bringsMore(Question question) {
        return question.snapshot().all(PushedValues.class).anyMatch(pushed -> pushed.service()
                .equals(question.service()));
    }

    private static void add(
            Stop stop, String whose, String key, String file, List<String> reasons, List<String> openers) {
        if (stop.isOn()) {
            String by = stop.by().isEmpty() ? "" : " by " + stop.by();
            reasons.add("the line of " + whose + " is stopped" + by + ": " + stop.reason());
            openers.add("remove " + key + " from " + file
                    + (stop.by().isEmpty() ? ("; 'git log " + file + "' shows who set it") : ("; ask " + stop.by())));
        }
    }
}
