package io.imaas.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands behind {@code EagerContentHandler}, which in Jetty 12.1.12 is itself the callback of a request that it has read, and
 * takes failures by {@link Request#fail} alone: those of an answer to somebody who has gone were lost, and each such
 * connection was held until the server ended.
 */
final class PassedFailures extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(
                request, response, callback == request ? Callback.from(callback::succeeded, request::fail) : callback);
    }
}
