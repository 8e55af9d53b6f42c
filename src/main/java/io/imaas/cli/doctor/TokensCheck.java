package io.imaas.cli.doctor;

import io.imaas.app.access.Accounts;
import io.imaas.cli.Pasted;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Whether the server can read the file of tokens, nobody else can write it, and every token in it still counts. */
record TokensCheck(Path file, Instant now) implements Supplier<CheckResult> {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    @Override
    public CheckResult get() {
        try {
            Accounts accounts = Accounts.read(Files.readString(file), file.toString());
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                return CheckResult.fail(
                        "others may write " + file + ", and so give themselves a token",
                        "chmod go-w " + Pasted.of(file));
            }
            List<String> over = accounts.expired(now);
            return over.isEmpty()
                    ? CheckResult.ok(accounts.size() + " tokens in " + file)
                    : CheckResult.warn(
                            "expired in " + file + ": " + String.join(", ", over),
                            "give out new ones, or take the entries out");
        } catch (IOException e) {
            return CheckResult.fail(file + " can't be read: " + Reason.of(e), "see 'Who' in docs/serve.md");
        }
    }
}
