package io.imaas.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Servers of tests: on a free port of this machine, out of others' reach. */
public final class Loopback {
    private Loopback() {}

    /** One that is not started yet. */
    public static HttpServer http() throws IOException {
        return http(0);
    }

    /** The same on a port that others know. */
    public static HttpServer http(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }
}
