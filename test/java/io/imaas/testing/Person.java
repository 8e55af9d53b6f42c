package io.imaas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Somebody with a clone who edits files, commits and pushes; in this process, since each of Git's programs costs time. */
public record Person(String name, Path folder) {
    /** Makes an empty repository to push to. */
    public static void repository(Path bare) {
        try {
            Git.init()
                    .setBare(true)
                    .setInitialBranch("main")
                    .setDirectory(bare.toFile())
                    .call()
                    .close();
        } catch (GitAPIException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a repository has a branch. */
    public static boolean has(Path bare, String branch) {
        try (Git git = Git.open(bare.toFile())) {
            return git.getRepository().exactRef(Constants.R_HEADS + branch) != null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Clones what is there of it; nothing is checked out. */
    public void clones(String url) {
        try (Git git = Git.init()
                .setInitialBranch("main")
                .setDirectory(folder.toFile())
                .call()) {
            StoredConfig config = git.getRepository().getConfig();
            config.setString("user", null, "name", name);
            config.setString("user", null, "email", name + "@example.org");
            config.setString("remote", "origin", "url", url);
            config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
            config.save();
        } catch (GitAPIException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Goes on with a branch as it is at the server. */
    public void follow(String branch) {
        try (Git git = Git.open(folder.toFile())) {
            git.fetch().call();
            git.checkout().setName("origin/" + branch).setForced(true).call();
            at(git.getRepository(), branch);
        } catch (GitAPIException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Commits files on top of what is checked out, as this branch, and pushes it, whatever was there. */
    public CommitId push(String branch, String message, Map<String, String> files) {
        try (Git git = Git.open(folder.toFile())) {
            at(git.getRepository(), branch);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            git.add().addFilepattern(".").call();
            ObjectId commit =
                    git.commit().setMessage(message).setAllowEmpty(true).call();
            git.push()
                    .setRefSpecs(new RefSpec("+" + commit.name() + ":refs/heads/" + branch))
                    .call()
                    .forEach(result -> assertThat(result.getRemoteUpdates())
                            .extracting(RemoteRefUpdate::getStatus)
                            .containsExactly(RemoteRefUpdate.Status.OK));
            return new CommitId(commit.name());
        } catch (GitAPIException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void at(Repository repository, String branch) throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        if (head != null) {
            RefUpdate moved = repository.updateRef(Constants.R_HEADS + branch);
            moved.setNewObjectId(head);
            moved.forceUpdate();
        }
        repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
    }
}
