package io.imaas.adapter.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.GpgSignature;

/**
 * Signs as git(1) does: by running GnuPG, so that its agent, smartcards and every kind of key work. JGit's own OpenPGP
 * signer is not published for the version of JGit used here.
 */
record GpgProgram(String program, String key) {
    /** An agent may ask for a passphrase that nobody is there to type. */
    private static final int SECONDS = 60;

    /** @throws IOException with GnuPG's own words when there is no signature */
    GpgSignature sign(byte[] content) throws IOException {
        Process gpg =
                new ProcessBuilder(List.of(program, "--batch", "--no-tty", "--status-fd=2", "-bsau", key)).start();
        CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS).execute(gpg::destroyForcibly);
        try {
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> text(gpg));
            try (OutputStream in = gpg.getOutputStream()) {
                in.write(content);
            } catch (IOException notRead) {
                throw new IOException(words(said.join()), notRead);
            }
            byte[] signature = gpg.getInputStream().readAllBytes();
            if (gpg.waitFor() != 0 || !said.join().contains("[GNUPG:] SIG_CREATED ")) {
                throw new IOException(words(said.join()));
            }
            return new GpgSignature(signature);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while signing", stop);
        } finally {
            gpg.destroyForcibly();
        }
    }

    private static String text(Process gpg) {
        try {
            return new String(gpg.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    /** What GnuPG says to people, without the lines for programs. */
    private static String words(String said) {
        String words = said.lines()
                .filter(line -> !line.startsWith("[GNUPG:]"))
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
        return words.isBlank() ? "GnuPG made no signature" : words;
    }
}
