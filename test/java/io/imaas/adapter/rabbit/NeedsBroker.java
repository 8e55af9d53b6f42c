package io.imaas.adapter.rabbit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves tests out where no broker was given, and says so in one line. */
public final class NeedsBroker implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Broker.isGiven()) {
            return ConditionEvaluationResult.enabled("there is a broker");
        }
        if (context.getTestMethod().isEmpty()) {
            System.out.println(context.getDisplayName()
                    + " is left out: no broker was given. IMAAS_RABBITMQ=amqp://guest:guest@127.0.0.1:5672 names one.");
        }
        return ConditionEvaluationResult.disabled("IMAAS_RABBITMQ names no broker");
    }
}
