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
import java.util.Base64;
import java.util.List;
import java.util.Set;
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
    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    /** Characters at the beginning of an answer that hold a server's capabilities. */
    private static final int CAPABILITIES = 4096;

    private final URIish server;
    private final GitHosts hosts;
    private final long deadline;
    private final Set<String> wantLogin;
    /** Null without credentials. */
    private String login;

    /** What the server said first, as far as it may hold its capabilities. */
    private final StringBuilder begun = new StringBuilder();

    private Duration askedToWait = Duration.ZERO;

    /**
     * @param wantLogin what of the repository wanted a login in earlier exchanges, {@code git-upload-pack} or {@code
     *     git-receive-pack}: it gets one at once. Where all may read, reading goes on without
     */
    HttpExchange(URIish server, GitHosts hosts, Duration limit, Set<String> wantLogin) {
        this.server = server;
        this.hosts = hosts;
        this.wantLogin = wantLogin;
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
            byte[] both = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
            login = "Basic " + Base64.getEncoder().encodeToString(both);
        }

        @Override
        public boolean get(URIish asking, CredentialItem... items) {
            return isServer(asking.getScheme(), asking.getHost(), asking.getPort()) && super.get(asking, items);
        }
    }

    private final class Guarded extends JDKHttpConnection {
        private final URL url;
        private final String service;
        private boolean loggedIn;

        Guarded(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
            this.url = url;
            this.service = url.getFile().replaceFirst(".*[/=]", "");
            if (login != null && wantLogin.contains(service)) {
                setRequestProperty(AUTHORIZATION, login);
            }
        }

        /** JGit keeps what it logged in with when it follows a redirect. */
        @Override
        public void setRequestProperty(String key, String value) {
            boolean credentials = key.equalsIgnoreCase(AUTHORIZATION) || key.equalsIgnoreCase("Cookie");
            if (!credentials || isServer(url.getProtocol(), url.getHost(), url.getPort())) {
                loggedIn |= key.equalsIgnoreCase(AUTHORIZATION);
                super.setRequestProperty(key, value);
            }
        }

        @Override
        public int getResponseCode() throws IOException {
            int status = super.getResponseCode();
            if (status == UNAUTHORIZED && loggedIn) {
                wantLogin.remove(service);
            } else if (status == UNAUTHORIZED && wantsPassword()) {
                wantLogin.add(service);
            }
            boolean later = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
            Duration wish = later ? RetryAfter.of(getHeaderField("Retry-After"), Instant.now()) : null;
            askedToWait = wish == null ? Duration.ZERO : wish;
            return status;
        }

        /** Nothing but that: by other ways of logging in, the password itself would not be sent. */
        private boolean wantsPassword() {
            List<String> ways = getHeaderFields("WWW-Authenticate");
            return ways != null
                    && !ways.isEmpty()
                    && ways.stream().allMatch(way -> way.regionMatches(true, 0, "Basic ", 0, "Basic ".length()));
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
