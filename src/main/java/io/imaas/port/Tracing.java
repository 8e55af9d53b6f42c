package io.imaas.port;

import io.imaas.model.event.TraceParent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Tells a tracing system what took how long, as spans: from a web hook or a command until a release is live. */
public interface Tracing {
    /** Tells nobody. What is part of a trace already is still passed on as such. */
    Tracing NONE = (name, parent, at) -> new Span() {
        @Override
        public Optional<TraceParent> context() {
            return parent;
        }

        @Override
        public void end(Instant end, Map<String, String> facts, String failure) {}
    };

    /**
     * Begins a span.
     *
     * @param parent empty: a new trace begins with it
     */
    Span begin(String name, Optional<TraceParent> parent, Instant at);

    /** Something that takes its time. */
    interface Span {
        /** How its parts, commits and other processes name it; empty where nothing is traced. */
        Optional<TraceParent> context();

        /**
         * It has ended; called once.
         *
         * @param facts by name; never a secret
         * @param failure why it failed; empty when it did not
         */
        void end(Instant at, Map<String, String> facts, String failure);
    }
}
