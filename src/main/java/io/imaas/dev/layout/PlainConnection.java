package io.imaas.dev.layout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.apache.http.impl.DefaultBHttpServerConnection;

/**
 * A connection that turns TLS away at its first byte.
 *
 * <p>Registry clients try HTTPS first, on loopback too. A server that takes the handshake for the beginning of a long
 * request line would let them wait until they give up; told in plain words, they come back with HTTP.
 */
final class PlainConnection extends DefaultBHttpServerConnection {
    private static final int BUFFER = 64 * 1024;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final byte[] SORRY =
            "HTTP/1.0 400 Bad Request\r\n\r\nThis is plain HTTP.\n".getBytes(StandardCharsets.US_ASCII);

    PlainConnection(Socket socket) throws IOException {
        super(BUFFER);
        bind(socket);
    }

    @Override
    protected InputStream getSocketInputStream(Socket socket) throws IOException {
        return new FilterInputStream(super.getSocketInputStream(socket)) {
            private boolean begun;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                if (!begun && count > 0) {
                    begun = true;
                    if (into[offset] == TLS_HANDSHAKE) {
                        socket.getOutputStream().write(SORRY);
                        socket.getOutputStream().flush();
                        throw new SocketException("TLS is not spoken here");
                    }
                }
                return count;
            }
        };
    }
}
