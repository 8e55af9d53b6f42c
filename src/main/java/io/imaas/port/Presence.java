package io.imaas.port;

import java.util.UUID;

/** Which of the processes that serve the same platform are there. */
public interface Presence {
    /** The name of this process, another one after each start. */
    String own();

    /** Whether a process ended. One whose connection broke is waited for. */
    boolean isGone(String process);

    /** For a process that has everything to itself: whoever was there before is gone. */
    static Presence alone() {
        String own = UUID.randomUUID().toString();
        return new Presence() {
            @Override
            public String own() {
                return own;
            }

            @Override
            public boolean isGone(String process) {
                return !process.equals(own);
            }
        };
    }
}
