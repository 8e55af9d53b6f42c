package io.imaas.port;

import java.time.Duration;

/** Hears what operators measure. Who measures nothing leaves it out. */
public interface Measures {
    /** Nobody listens. */
    Measures NONE = new Measures() {};

    /** A task of the reactions had a turn. */
    default void reconciled(String kind, Duration took) {}

    /** A run got the platform's lock. */
    default void lockWaited(Duration time) {}

    /** A plan was made for which a gate was asked. */
    default void gateAsked(String gate, boolean open) {}

    /** How many calls a Git server's API says that it still takes in its current period. */
    default void callsLeft(String host, long left) {}
}
