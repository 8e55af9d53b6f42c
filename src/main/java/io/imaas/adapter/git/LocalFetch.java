package io.imaas.adapter.git;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;

/**
 * Reads a repository of this machine as from a server that is a thread of this process. Git's own program would answer the
 * same, but it takes four processes to start it, and reading runs no hooks.
 */
final class LocalFetch extends BasePackFetchConnection {
    private static final int PIPE = 1 << 16;

    /** @param folder the repository, or the work tree around it */
    LocalFetch(PackTransport transport, File folder, Collection<RefSpec> specs) throws IOException {
        super(transport);
        Repository remote = FileKey.lenient(folder, FS.DETECTED).open(true);
        // A server that leaves files out on request saves most of the work when only commits are wanted.
        remote.getConfig().setBoolean("uploadpack", null, "allowFilter", true);
        UploadPack answers = new UploadPack(remote);
        answers.setExtraParameters(List.of("version=2"));
        answers.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        // What is smaller is worth nothing on one machine, and the search for it keeps large files in memory.
        PackConfig pack = new PackConfig(remote);
        pack.setDeltaCompress(false);
        answers.setPackConfig(pack);
        PipedInputStream requests = new PipedInputStream(PIPE);
        PipedInputStream replies = new PipedInputStream(PIPE);
        OutputStream ask = new PipedOutputStream(requests);
        OutputStream reply = new PipedOutputStream(replies);
        Thread server = new Thread(() -> serve(remote, answers, requests, reply), "git-upload-pack");
        server.setDaemon(true);
        server.start();
        init(new ListedReferences(replies, folder.toString(), false), ask);
        if (!readAdvertisedRefs()) {
            lsRefs(specs);
        }
    }

    private static void serve(Repository remote, UploadPack answers, InputStream requests, OutputStream reply) {
        try (remote;
                requests;
                reply) {
            answers.upload(requests, reply, null);
        } catch (IOException ended) {
            // The reader hears the end of the stream.
        }
    }
}
