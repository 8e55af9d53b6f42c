package io.imaas.dev.world;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.GitRepository;
import io.imaas.port.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;

/** Lays the sources of services out below one folder, and builds them there. */
public final class LaidOutSources implements Workspaces {
    private final Path root;
    private final Path localRepository;
    private final Map<ServiceName, Workspace> ready = new ConcurrentHashMap<>();

    public LaidOutSources(Path root, Path localRepository) {
        this.root = root;
        this.localRepository = localRepository;
    }

    /** Lays the sources of a commit out anew. */
    public void checkout(ServiceName service, GitRepository repository, CommitId commit) {
        Path sources = root.resolve(service.value()).resolve("sources");
        try {
            FileUtils.deleteDirectory(sources.toFile());
            for (String path : repository.list(commit, "")) {
                Path file = sources.resolve(path).normalize();
                if (!file.startsWith(sources)) {
                    throw FailureException.input("a path leads out of its repository", path, "remove it");
                }
                Files.createDirectories(file.getParent());
                Files.write(file, repository.read(commit, path).orElseThrow());
            }
        } catch (IOException e) {
            throw FailureException.external(
                    "sources can't be laid out: " + Reason.of(e),
                    sources.toString(),
                    "free space on the disk, or check the folder's rights",
                    e);
        }
        Path output = root.resolve(service.value()).resolve("output");
        ready.put(service, new Workspace(sources, output, localRepository, false));
    }

    @Override
    public Workspace of(ServiceName service) {
        Workspace workspace = ready.get(service);
        if (workspace == null) {
            throw FailureException.defect("the sources of " + service + " were not checked out", null);
        }
        return workspace;
    }
}
