package io.imaas.cli;

import io.imaas.app.access.Accounts;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The file of tokens, read again when it changed: who is taken out is out at once. */
final class TokensFile implements Supplier<Optional<Accounts>> {
    private final Path file;
    private final Consumer<String> told;
    private FileTime seen;
    private Accounts known;

    /**
     * @param told hears why a changed file is no good; what was known stays
     * @throws FailureException INPUT when it is no good now
     */
    TokensFile(Path file, Consumer<String> told) {
        this.file = file;
        this.told = told;
        this.seen = changed();
        this.known = read();
    }

    @Override
    public synchronized Optional<Accounts> get() {
        try {
            FileTime now = changed();
            if (!now.equals(seen)) {
                seen = now;
                known = read();
            }
        } catch (FailureException e) {
            told.accept(e.failure().sentence());
        }
        return Optional.of(known);
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Accounts read() {
        try {
            return Accounts.read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private FailureException unreadable(IOException cause) {
        return FailureException.input(
                "the tokens can't be read: " + Reason.of(cause), file.toString(), "see 'Who' in docs/serve.md");
    }
}
