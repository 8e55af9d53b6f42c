package io.imaas.server;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A request's body ends in time, or it ends with a failure: after a while without a byte, which Jetty tells as something
 * that passes, and after a while in all, however it trickles. Without this {@code EagerContentHandler} waits for ever.
 */
final class BodyDeadline extends Handler.Wrapper {
    private final Duration deadline;

    BodyDeadline(Duration deadline, Handler next) {
        super(next);
        this.deadline = deadline;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Timed(request), response, callback);
    }

    private final class Timed extends Request.Wrapper {
        Timed(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (Content.Chunk.isFailure(chunk, false)) {
                return Content.Chunk.from(chunk.getFailure(), true);
            }
            boolean more = chunk == null || !chunk.isLast();
            if (more && System.nanoTime() - getBeginNanoTime() > deadline.toNanos()) {
                if (chunk != null) {
                    chunk.release();
                }
                return Content.Chunk.from(new TimeoutException("the body took longer than " + deadline), true);
            }
            return chunk;
        }
    }
}
