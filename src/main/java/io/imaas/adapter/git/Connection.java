package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** Talks to one Git server about one repository. Every call opens a connection of its own. */
final class Connection {
    /** All of the history. */
    static final int FULL_DEPTH = 0;

    private final RepositoryUrl url;
    private final GitSettings settings;
    private final SshSessions ssh;
    private final Set<String> outages;
    private final Set<String> wantLogin = ConcurrentHashMap.newKeySet();
    private volatile Duration askedToWait = Duration.ZERO;

    /** @param outages the servers that were waited for in vain and have not answered since; of all repositories */
    Connection(RepositoryUrl url, GitSettings settings, Set<String> outages) {
        this.url = url;
        this.settings = settings;
        this.outages = outages;
        this.ssh = new SshSessions(settings.access());
    }

    /** How long the server asked us to stay away when it last answered; zero when it did not. */
    Duration askedToWait() {
        return askedToWait;
    }

    /** Whether somebody waited for the server in vain, and it has answered nobody since. */
    boolean isOut() {
        return outages.contains(server());
    }

    /** It was waited for in vain. */
    void out() {
        outages.add(server());
    }

    private String server() {
        try {
            URIish address = address();
            return address.isRemote() ? address.getHost() + ":" + address.getPort() : url.value();
        } catch (IOException none) {
            return url.value();
        }
    }

    /**
     * What the server's references point to. References that the server does not have are left out.
     *
     * @param brought of these the objects that are missing here are brought over
     */
    Map<String, ObjectId> fetch(
            Repository local, Collection<String> refs, Set<String> brought, int depth, FilterSpec filter)
            throws IOException {
        List<RefSpec> specs = refs.stream().map(RefSpec::new).toList();
        return exchange(local, transport -> {
            deepen(transport, depth, filter);
            FetchConnection connection = open(transport, specs);
            try {
                Map<String, ObjectId> found = new HashMap<>();
                Map<ObjectId, Ref> missing = new HashMap<>();
                for (String name : refs) {
                    Ref ref = connection.getRef(name);
                    if (ref != null) {
                        found.put(name, ref.getObjectId());
                        if (brought.contains(name) && !local.getObjectDatabase().has(ref.getObjectId())) {
                            missing.put(ref.getObjectId(), ref);
                        }
                    }
                }
                if (!missing.isEmpty()) {
                    connection.fetch(monitor(), missing.values(), Set.of());
                }
                return found;
            } finally {
                close(connection);
            }
        });
    }

    /** Brings over one commit by its id, where the server hands out commits that no reference points to. */
    void fetchCommit(Repository local, ObjectId commit, int depth, FilterSpec filter) throws IOException {
        exchange(local, transport -> {
            deepen(transport, depth, filter);
            FetchConnection connection = open(transport, List.of(new RefSpec(commit.name())));
            try {
                Ref wanted = new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, commit.name(), commit);
                connection.fetch(monitor(), List.of(wanted), Set.of());
                return commit;
            } finally {
                close(connection);
            }
        });
    }

    private ProgressMonitor monitor() {
        return settings.onlooker()
                .transfers()
                .<ProgressMonitor>map(TransferMonitor::new)
                .orElse(NullProgressMonitor.INSTANCE);
    }

    /**
     * Sends commits; what became of each reference stands in its update.
     *
     * @param atomic whether all references move or none; fails with nothing sent when the server can't do that
     */
    PushResult push(Repository local, Collection<RemoteRefUpdate> updates, boolean atomic) throws IOException {
        return exchange(local, transport -> {
            transport.setPushThin(true);
            transport.setPushAtomic(atomic);
            return transport.push(NullProgressMonitor.INSTANCE, updates);
        });
    }

    private interface Talk<T> {
        T over(Transport transport) throws IOException;
    }

    private <T> T exchange(Repository local, Talk<T> talk) throws IOException {
        URIish server = address();
        new Peer(server).check(settings.hosts());
        HttpExchange http = new HttpExchange(server, settings.hosts(), settings.exchange(), wantLogin);
        CompletableFuture<Void> alarm = new CompletableFuture<>();
        try (Transport transport = Transport.open(local, server)) {
            transport.setTimeout((int) Math.max(1, settings.timeout().toSeconds()));
            prepare(transport, http, alarm);
            T told = talk.over(transport);
            outages.remove(server());
            return told;
        } catch (TransportException problem) {
            // What was said of an answer is nothing that another try changes.
            if (problem.getCause() instanceof FailureException said) {
                throw said;
            }
            if (http.speaksSha256() || LocalGit.hasSha256(server)) {
                throw FailureException.input(
                        "the repository uses SHA-256 ids, which are not understood here",
                        url.toString(),
                        "make it with 'git init --object-format=sha1'");
            }
            throw problem;
        } finally {
            alarm.complete(null);
            askedToWait = http.askedToWait();
        }
    }

    private void prepare(Transport transport, HttpExchange http, CompletableFuture<Void> alarm) {
        if (transport instanceof TransportHttp overHttp) {
            overHttp.setHttpConnectionFactory(http);
            if (new Peer(transport.getURI()).mayHaveCredentials(settings.hosts())) {
                settings.access()
                        .passwordNow()
                        .ifPresent(password -> transport.setCredentialsProvider(login(http, password)));
            }
        } else if (transport instanceof SshTransport overSsh) {
            overSsh.setSshSessionFactory(ssh.factory());
            var unused = alarm.orTimeout(settings.exchange().toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, late) -> {
                        if (late != null) {
                            transport.close();
                        }
                    });
        } else if (LocalGit.isInstalled()) {
            // JGit's built-in server for files runs no hooks: with Git itself a file:// server is like any other.
            transport.setOptionReceivePack(LocalGit.receiving(settings.timeout()));
        }
    }

    private HttpExchange.Login login(HttpExchange http, Secret password) {
        return http.new Login(settings.access().user(), password);
    }

    /**
     * Opens a connection to a Git server. Plain files that somebody laid out like a repository are none: their list of
     * alternates may name another tenant's repository of the same host, which is then read with our login.
     */
    private static FetchConnection open(Transport transport, List<RefSpec> specs) throws IOException {
        if (transport instanceof PackTransport folder && !transport.getURI().isRemote()) {
            return new LocalFetch(folder, new File(transport.getURI().getPath()), specs);
        }
        FetchConnection connection = transport.openFetch(specs);
        if (transport instanceof TransportHttp && !(connection instanceof BasePackFetchConnection)) {
            connection.close();
            throw FailureException.policy(
                    "no Git server answers there, but files that look like a repository",
                    transport.getURI().setUser(null).setPass(null).toString(),
                    "name the repository's own address on the Git server");
        }
        return connection;
    }

    private static void deepen(Transport transport, int depth, FilterSpec filter) {
        transport.setFilterSpec(filter);
        if (depth != FULL_DEPTH) {
            transport.setDepth(depth);
        }
    }

    private static void close(FetchConnection connection) throws IOException {
        connection.close();
        for (PackLock lock : connection.getPackLocks()) {
            lock.unlock();
        }
    }

    private URIish address() throws IOException {
        try {
            return new URIish(url.value());
        } catch (URISyntaxException problem) {
            throw new IOException("no URL of a Git repository: " + problem.getMessage(), problem);
        }
    }
}
