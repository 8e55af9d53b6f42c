package io.imaas.port;

import java.net.InetSocketAddress;

/** A Micro Integrator unit-test server that was started for a run and ends when it is closed. */
public interface TestServer extends AutoCloseable {
    InetSocketAddress address();

    @Override
    void close();
}
