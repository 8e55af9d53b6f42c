package io.imaas.dev.sandbox;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A folder's files as commits of a bare repository that is not the folder's own: what is not committed yet can be
 * delivered like a push, and the person's checkout and index stay as they are. {@code .gitignore} files are heeded.
 */
public record SourceSnapshot(Path folder, Path bare) {
    /** What no build needs, where a folder's own {@code .gitignore} does not say so. */
    private static final String EXCLUDED = "target/\n.imaas-dev/\n";

    /** Id of the folder's content as it is now; files that did not change are not read again. */
    public String content() {
        try (Git git = open()) {
            return tree(git).name();
        } catch (IOException | GitAPIException e) {
            throw unreadable(e);
        }
    }

    /** The folder as a commit on the repository's branch; the same commit as before where nothing changed. */
    public CommitId take() {
        try (Git git = open()) {
            Repository repository = git.getRepository();
            ObjectId tree = tree(git);
            if (!tree.equals(repository.resolve(Constants.HEAD + "^{tree}"))) {
                git.commit()
                        .setMessage("The sources as they are in " + folder)
                        .setAuthor("imaas dev", "imaas@localhost")
                        .setCommitter("imaas dev", "imaas@localhost")
                        .setSign(false)
                        .setAllowEmpty(true)
                        .call();
            }
            return new CommitId(repository.resolve(Constants.HEAD).name());
        } catch (IOException | GitAPIException e) {
            throw unreadable(e);
        }
    }

    private static ObjectId tree(Git git) throws IOException, GitAPIException {
        git.add().addFilepattern(".").call();
        DirCache index = git.add().addFilepattern(".").setUpdate(true).call();
        try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            return tree;
        }
    }

    private Git open() throws IOException {
        Path exclude = bare.resolve("info/exclude");
        if (!Files.exists(exclude) || !Files.readString(exclude).equals(EXCLUDED)) {
            Files.createDirectories(exclude.getParent());
            Files.writeString(exclude, EXCLUDED);
        }
        return new Git(new FileRepositoryBuilder()
                .setGitDir(bare.toFile())
                .setWorkTree(folder.toFile())
                .setMustExist(true)
                .build());
    }

    private FailureException unreadable(Exception e) {
        return FailureException.input(
                "the sources can't be read: " + Reason.of(e), folder.toString(), "check its rights");
    }
}
