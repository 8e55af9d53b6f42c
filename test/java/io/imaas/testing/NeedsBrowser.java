package io.imaas.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves tests out where no Chromium is, and says so in one line. */
public final class NeedsBrowser implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Browser.program().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        if (context.getTestMethod().isEmpty()) {
            System.out.println(context.getDisplayName()
                    + " is left out: there is no chromium, chromium-browser or google-chrome on the PATH.");
        }
        return ConditionEvaluationResult.disabled("no Chromium on the PATH");
    }
}
