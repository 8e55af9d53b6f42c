package io.imaas.vars;

import groovy.lang.Closure;
import java.util.function.Function;

/** What a step does, in the form in which scripts call it. */
final class StepClosure extends Closure<Object> {
    private static final long serialVersionUID = 1;
    private final transient Function<Object[], Object> step;

    StepClosure(Function<Object[], Object> step) {
        super(null);
        this.step = step;
    }

    public Object doCall(Object... arguments) {
        return step.apply(arguments);
    }
}
