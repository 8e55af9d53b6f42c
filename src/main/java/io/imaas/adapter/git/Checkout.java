package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TreeHash;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A folder that somebody else checked out of a repository. */
public final class Checkout {
    private final Path folder;

    private Checkout(Path folder) {
        this.folder = folder;
    }

    public static Checkout at(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw FailureException.input(Reason.noFolder(Files.exists(folder)), folder.toString(), "check the path");
        }
        return new Checkout(folder);
    }

    /** The checkout that a folder is in; empty where it is in none, or nothing is committed. */
    public static Optional<Checkout> around(Path folder) {
        return gitFolder(folder).map(git -> new Checkout(git.getParent())).filter(found -> found.tree("")
                .isPresent());
    }

    /** Of the checkout that a folder is in. */
    private static Optional<Path> gitFolder(Path folder) {
        return Optional.ofNullable(new FileRepositoryBuilder()
                        .findGitDir(folder.toAbsolutePath().normalize().toFile())
                        .getGitDir())
                .map(File::toPath)
                .filter(git -> git.getParent() != null);
    }

    /**
     * The content of a folder in the commit that is checked out.
     *
     * @param path {@code ""} for all of it
     */
    public Optional<TreeHash> tree(String path) {
        try (Repository repository = open()) {
            String revision = Constants.HEAD + (path.isEmpty() ? "^{tree}" : ":" + path);
            return Optional.ofNullable(repository.resolve(revision))
                    .map(ObjectId::name)
                    .map(TreeHash::new);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A tracked file below a folder that differs from what is committed; empty when there is none. */
    public Optional<String> changed(String path) {
        try (Git git = new Git(open())) {
            var command = git.status();
            if (!path.isEmpty()) {
                command.addPath(path);
            }
            Status status = command.call();
            Set<String> changed = new TreeSet<>(status.getUncommittedChanges());
            return changed.stream().findFirst();
        } catch (IOException | GitAPIException e) {
            throw unreadable(e);
        }
    }

    /** The commit that is checked out. */
    public CommitId commit() {
        try (Repository repository = open()) {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null) {
                throw FailureException.input(
                        "there is no commit yet", folder.toString(), "git add --all && git commit");
            }
            return new CommitId(head.name());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The branch that is checked out; empty for a commit alone. */
    public Optional<BranchName> branch() {
        try (Repository repository = open()) {
            String head = repository.getFullBranch();
            return head != null && head.startsWith(Constants.R_HEADS)
                    ? Optional.of(new BranchName(head.substring(Constants.R_HEADS.length())))
                    : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Set<String> remotes() {
        try (Repository repository = open()) {
            return repository.getRemoteNames();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Where it was cloned from: the remote {@code origin}, else the only remote. */
    public Optional<RepositoryUrl> remote() {
        try (Repository repository = open()) {
            Set<String> remotes = remotes();
            String remote = remotes.contains(Constants.DEFAULT_REMOTE_NAME) || remotes.size() != 1
                    ? Constants.DEFAULT_REMOTE_NAME
                    : remotes.iterator().next();
            return Optional.ofNullable(repository.getConfig().getString("remote", remote, "url"))
                    .map(RepositoryUrl::new);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The same where it must be known. */
    public RepositoryUrl repository() {
        return remote().orElseThrow(() -> {
            Set<String> remotes = remotes();
            return remotes.isEmpty()
                    ? FailureException.input(
                            "the checkout has no remote", folder.toString(), "git remote add origin URL")
                    : FailureException.input(
                            "none of the checkout's remotes is called origin: " + String.join(", ", remotes),
                            folder.toString(),
                            "git remote rename " + remotes.iterator().next() + " origin");
        });
    }

    private Repository open() throws IOException {
        return new FileRepositoryBuilder()
                .setWorkTree(folder.toFile())
                .setMustExist(true)
                .build();
    }

    private FailureException unreadable(Exception e) {
        return FailureException.input(
                "this is not the top folder of a checkout"
                        + (e instanceof RepositoryNotFoundException ? "" : ": " + e.getMessage()),
                folder.toString(),
                gitFolder(folder)
                        .map(git -> "name " + git.getParent())
                        .orElse("check the sources out of Git first; 'imaas dev run' takes files as they are"));
    }
}
