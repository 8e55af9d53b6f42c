package io.imaas.run;

/** Lets one event through at a time, so that sinks need no locks of their own. */
final class SerialSink implements EventSink {
    private final EventSink behind;

    SerialSink(EventSink behind) {
        this.behind = behind;
    }

    @Override
    public synchronized void accept(Event event) {
        behind.accept(event);
    }
}
