package io.imaas.cli.doctor;

import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Whether a folder can be written and has room. */
record FolderCheck(Path folder) implements Supplier<CheckResult> {
    /** A build with a warm Maven repository takes a few hundred megabytes; below one gigabyte it is a matter of luck. */
    private static final long NEEDED = 1L << 30;

    private static final long COMFORTABLE = 4L << 30;

    FolderCheck {
        folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public CheckResult get() {
        try {
            Path existing = folder;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            if (!Files.isDirectory(existing)) {
                return CheckResult.fail(existing + " is not a folder", "choose another, or remove the file");
            }
            long free = Files.getFileStore(existing).getUsableSpace();
            write(existing);
            return room(free);
        } catch (IOException e) {
            return CheckResult.fail(
                    folder + " can't be written: " + Reason.of(e),
                    "give this account the right to write there, free some space, or choose another folder");
        }
    }

    /** Content too: on a full disk an empty file can still be made. */
    private static void write(Path existing) throws IOException {
        Path trial = Files.createTempFile(existing, ".imaas-doctor", "");
        try {
            Files.write(trial, new byte[1 << 16]);
        } finally {
            Files.delete(trial);
        }
    }

    private CheckResult room(long free) {
        String found = folder + " can be written and has " + gigabytes(free) + " free";
        if (free < NEEDED) {
            return CheckResult.fail(found, "free at least " + gigabytes(NEEDED) + ", or choose another folder");
        }
        return free < COMFORTABLE
                ? CheckResult.warn(found, "that is little; " + gigabytes(COMFORTABLE) + " is comfortable")
                : CheckResult.ok(found);
    }

    private static String gigabytes(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
