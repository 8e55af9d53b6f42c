package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole files of text that options name. */
public final class TextFile {
    private TextFile() {}

    /** @throws FailureException INPUT when it can't be read */
    public static String read(Path file) {
        return read(file, "check its rights");
    }

    /** @param fix what to do where it can't be read */
    public static String read(Path file, String fix) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw FailureException.input(
                    "the file can't be read: " + Reason.of(e), file.toString(), "save it as UTF-8");
        } catch (IOException e) {
            throw FailureException.input("the file can't be read: " + Reason.of(e), file.toString(), fix);
        }
    }

    /**
     * Makes its folder, too.
     *
     * @throws FailureException INPUT when there can't be such a file, EXTERNAL when the disk doesn't take it
     */
    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            String told = "the file can't be written: " + Reason.of(e);
            String fix = "name another file, or check the folder's rights and its disk";
            throw e instanceof FileAlreadyExistsException
                            || e instanceof AccessDeniedException
                            || Files.isDirectory(file)
                    ? FailureException.input(told, file.toString(), fix)
                    : FailureException.external(told, file.toString(), fix, e);
        }
    }
}
