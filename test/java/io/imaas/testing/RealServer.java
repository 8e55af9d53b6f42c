package io.imaas.testing;

import org.junit.jupiter.api.Assertions;
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

    /** Stops a server, or starts it again, by the program of {@code IMAAS_REAL_CONTROL}. */
    public static void control(String what, String part) throws Exception {
        int code = new ProcessBuilder(variable("IMAAS_REAL_CONTROL"), what, part)
                .inheritIO()
                .start()
                .waitFor();
        Assertions.assertEquals(0, code, what + " " + part);
    }
}
