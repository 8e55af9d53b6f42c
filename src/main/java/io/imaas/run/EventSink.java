package io.imaas.run;

/** Takes events; called from several threads, one at a time. It must not throw. */
public interface EventSink {
    void accept(Event event);
}
