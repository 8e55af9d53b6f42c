package io.imaas.testing;

import org.junit.jupiter.api.Assumptions;

/** Real servers, for tests tagged {@code real}: where their variables say nothing, the tests say so in one line. */
public final class RealServer {
    private RealServer() {}

    /** The variable's value; without one the test is skipped. */
    public static String variable(String name) {
        String value = System.getenv(name);
        Assumptions.assumeTrue(value != null && !value.isEmpty(), "skipped: " + name + " names no real server");
        return value;
    }
}
