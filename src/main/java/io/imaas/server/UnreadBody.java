package io.imaas.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Lets an answer reach whoever still sends the body that it refused. A connection that is closed with bytes that nobody read
 * is reset, and the other side may lose what it did not read yet (RFC 9112, 9.6): so they are read and thrown away, up to a
 * limit, after the answer. No thread waits for them.
 */
final class UnreadBody extends Handler.Wrapper {
    private static final int BUFFER = 64 << 10;

    private final long most;
    private final Duration patience;

    /**
     * @param most bytes that are read after an answer
     * @param patience how long they are read
     */
    UnreadBody(long most, Duration patience, Handler next) {
        super(next);
        this.most = most;
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                if (isUnread(request)) {
                    EndPoint connection =
                            request.getConnectionMetaData().getConnection().getEndPoint();
                    // Whoever sent all knows by this that the answer has ended.
                    connection.shutdownOutput();
                    new Rest(connection, getCallback()).succeeded();
                } else {
                    super.succeeded();
                }
            }
        });
    }

    /** Jetty makes the rest of a body that was not read when the answer began a failure, and the answer the connection's last. */
    private static boolean isUnread(Request request) {
        Content.Chunk rest = request.read();
        if (rest != null && !Content.Chunk.isFailure(rest)) {
            rest.release();
        }
        return Content.Chunk.isFailure(rest);
    }

    /** Reads on at the connection itself, each time that something came. */
    private final class Rest implements Callback {
        private final EndPoint connection;
        private final Callback answered;
        private final long begin = System.nanoTime();
        private long read;

        Rest(EndPoint connection, Callback answered) {
            this.connection = connection;
            this.answered = answered;
        }

        @Override
        public void succeeded() {
            ByteBuffer bytes = BufferUtil.allocate(BUFFER);
            try {
                while (read < most && System.nanoTime() - begin < patience.toNanos()) {
                    int came = connection.fill(bytes);
                    if (came < 0) {
                        break;
                    }
                    if (came == 0) {
                        connection.fillInterested(this);
                        return;
                    }
                    read += came;
                    BufferUtil.clear(bytes);
                }
            } catch (IOException gone) {
                // Nobody is there any more who could read the answer.
            }
            answered.succeeded();
        }

        @Override
        public void failed(Throwable ended) {
            answered.succeeded();
        }
    }
}
