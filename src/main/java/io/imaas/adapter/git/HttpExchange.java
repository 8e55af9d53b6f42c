package io.imaas.adapter.git;

import io.imaas.model.failure.RetryAfter;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.GitHosts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * The HTTP side of one exchange with a server: allowed hosts alone, along redirects too; credentials for the scheme, host
 * and port that they were given for; one deadline for everything.
 */
final class HttpExchange implements HttpConnectionFactory {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    /** Characters at the beginning of an answer that hold a server's capabilities. */
    private static final int CAPABILITIES = 4096;

    private final URIish server;
    private final GitHosts hosts;
    private final long deadline;
    /** What the server said first, as far as it may hold its capabilities. */
    private final StringBuilder begun = new StringBuilder();

    private Duration askedToWait = Duration.ZERO;

    HttpExchange(URIish server, GitHosts hosts, Duration limit) {
        this.server = server;
        this.hosts = hosts;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** How long the server's last answer asked us to stay away. */
    Duration askedToWait() {
        return askedToWait;
    }

    /** Whether the server's ids are longer than those that are understood here: it then hangs up without a word. */
    boolean speaksSha256() {
        return begun.indexOf("object-format=sha256") >= 0;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        try {
            new Peer(new URIish(url.toString())).check(hosts);
        } catch (URISyntaxException unreadable) {
            throw new IOException("the server leads to an address that is none", unreadable);
        }
        return new Guarded(url, proxy);
    }

    private boolean isServer(String scheme, String host, int port) {
        return server.getScheme().equalsIgnoreCase(scheme)
                && server.getHost().equalsIgnoreCase(host)
                && port(server.getScheme(), server.getPort()) == port(scheme, port);
    }

    private static int port(String scheme, int port) {
        return port > 0 ? port : scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    /** Credentials for the server and for nobody it leads to. */
    final class Login extends UsernamePasswordCredentialsProvider {
        Login(String user, Secret password) {
            super(user, password.reveal());
        }

        @Override
        public boolean get(URIish asking, CredentialItem... items) {
            return isServer(asking.getScheme(), asking.getHost(), asking.getPort()) && super.get(asking, items);
        }
    }

    private final class Guarded extends JDKHttpConnection {
        private final URL url;

        Guarded(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
            this.url = url;
        }

        /** JGit keeps what it logged in with when it follows a redirect. */
        @Override
        public void setRequestProperty(String key, String value) {
            boolean credentials = key.equalsIgnoreCase("Authorization") || key.equalsIgnoreCase("Cookie");
            if (!credentials || isServer(url.getProtocol(), url.getHost(), url.getPort())) {
                super.setRequestProperty(key, value);
            }
        }

        @Override
        public int getResponseCode() throws IOException {
            int status = super.getResponseCode();
            boolean later = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
            Duration wish = later ? RetryAfter.of(getHeaderField("Retry-After"), Instant.now()) : null;
            askedToWait = wish == null ? Duration.ZERO : wish;
            return status;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            // In the first answer older servers list all references.
            return new Hurried(new ListedReferences(
                    super.getInputStream(),
                    server.toString(),
                    getRequestMethod().equals("GET")));
        }
    }

    /** A server that sends a byte now and then never runs into a timeout of reads. */
    private final class Hurried extends FilterInputStream {
        Hurried(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            hurry();
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            hurry();
            int read = super.read(into, offset, length);
            if (read > 0 && begun.length() < CAPABILITIES) {
                begun.append(new String(into, offset, read, StandardCharsets.ISO_8859_1));
            }
            return read;
        }

        private void hurry() throws IOException {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the exchange takes too long");
            }
        }
    }
}
