package io.imaas.adapter.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FtpChannel;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/** SSH to servers of which no more references are read than the memory holds. */
final class BoundedSessions extends SshSessionFactory {
    private final SshSessionFactory real;

    BoundedSessions(SshSessionFactory real) {
        this.real = real;
    }

    @Override
    public RemoteSession getSession(URIish uri, CredentialsProvider provider, FS files, int timeout)
            throws TransportException {
        return new Bounded((RemoteSession2) real.getSession(uri, provider, files, timeout), uri.getHost());
    }

    @Override
    public String getType() {
        return real.getType();
    }

    private record Bounded(RemoteSession2 real, String server) implements RemoteSession2 {
        @Override
        public Process exec(String command, int timeout) throws IOException {
            return exec(command, Map.of(), timeout);
        }

        @Override
        public Process exec(String command, Map<String, String> environment, int timeout) throws IOException {
            Process process = real.exec(command, environment, timeout);
            return new Remote(process, new ListedReferences(process.getInputStream(), server, false));
        }

        @Override
        public FtpChannel getFtpChannel() {
            return real.getFtpChannel();
        }

        @Override
        public void disconnect() {
            real.disconnect();
        }
    }

    private static final class Remote extends Process {
        private final Process real;
        private final InputStream said;

        Remote(Process real, InputStream said) {
            this.real = real;
            this.said = said;
        }

        @Override
        public OutputStream getOutputStream() {
            return real.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return said;
        }

        @Override
        public InputStream getErrorStream() {
            return real.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return real.waitFor();
        }

        @Override
        public int exitValue() {
            return real.exitValue();
        }

        @Override
        public void destroy() {
            real.destroy();
        }
    }
}
