package io.imaas.port;

import java.net.InetSocketAddress;

/** A Micro Integrator unit-test server: one that somebody runs, or one that was started for a run and ends with it. */
public interface TestServer extends AutoCloseable {
    InetSocketAddress address();

    /**
     * Begins anew, without anything that earlier suites left behind; the address may be another one then.
     *
     * @return false when it is somebody else's server, which nothing was done to
     * @throws io.imaas.model.failure.FailureException EXTERNAL when it does not start again
     */
    boolean restart();

    @Override
    void close();

    /** A server that runs already and goes on afterwards. */
    static TestServer at(InetSocketAddress address) {
        return new Given(address);
    }

    /** A server that somebody else runs. */
    record Given(InetSocketAddress address) implements TestServer {
        @Override
        public boolean restart() {
            return false;
        }

        @Override
        public void close() {
            // It is not ours to end.
        }
    }
}
