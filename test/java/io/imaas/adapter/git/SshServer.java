package io.imaas.adapter.git;

import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server on loopback with keys of its own, which runs Git. */
final class SshServer implements AutoCloseable {
    private final Path folder;
    private final org.apache.sshd.server.SshServer server;

    static SshServer start(Path folder) throws IOException {
        return new SshServer(Files.createDirectories(folder));
    }

    private SshServer(Path folder) throws IOException {
        this.folder = folder;
        newKey("host");
        newKey("user");
        server = org.apache.sshd.server.SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new FileKeyPairProvider(folder.resolve("host")));
        server.setPublickeyAuthenticator(new AuthorizedKeysAuthenticator(folder.resolve("user.pub")));
        server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        server.start();
    }

    RepositoryUrl url(Path repository) {
        return new RepositoryUrl("ssh://git@127.0.0.1:" + server.getPort() + repository);
    }

    /** A line for {@code known_hosts} that says the server has this key. */
    String knownHost(String key) throws IOException {
        return "[127.0.0.1]:" + server.getPort() + " " + Files.readString(folder.resolve(key + ".pub"));
    }

    /** Makes a key; only {@code user} may log in. */
    void newKey(String name) {
        GitFixture.run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name);
    }

    Secret key(String name) throws IOException {
        return new Secret(Files.readString(folder.resolve(name)));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
