package io.imaas.adapter.git.sign;

import io.imaas.model.identity.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Signs as git(1) does: by running GnuPG, so that its agent, smartcards and every kind of key work. JGit's own OpenPGP
 * signer is not published for the version of JGit used here.
 *
 * @param limit how long a call may take: an agent may ask for a passphrase that nobody is there to type
 */
record GpgProgram(String program, String key, Duration limit) implements CommitKey {
    /** Seconds from a program's end to that of its output. */
    private static final int MOMENT = 5;

    @Override
    public String shown() {
        return key;
    }

    @Override
    public String fix() {
        return "install GnuPG, import the secret key, and load its passphrase into the agent";
    }

    /** @throws IOException with GnuPG's own words when there is no signature */
    @Override
    public GpgSignature sign(Repository repository, byte[] content, PersonIdent committer) throws IOException {
        Said said = run(content, "--status-fd=2", "-bsau", key);
        if (said.exit() != 0 || !said.err().contains("[GNUPG:] SIG_CREATED ")) {
            throw new IOException(words(said.err()));
        }
        return new GpgSignature(said.out().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean made(Repository repository, RevCommit commit, Optional<SigningKey> signer) throws IOException {
        Path signature = Files.createTempFile("imaas", ".sig");
        try {
            Files.write(signature, commit.getRawGpgSignature());
            Said said = run(
                    CommitKey.signed(commit.getRawBuffer()), "--status-fd=1", "--verify", signature.toString(), "-");
            List<String> own = fingerprints();
            return said.exit() == 0
                    && said.out()
                            .lines()
                            .filter(line -> line.startsWith("[GNUPG:] VALIDSIG "))
                            .anyMatch(line -> Arrays.stream(line.split(" ")).anyMatch(own::contains));
        } finally {
            Files.delete(signature);
        }
    }

    /** Of the key and of its subkeys: the keyring may hold other people's as well. */
    private List<String> fingerprints() throws IOException {
        return run(new byte[0], "--with-colons", "--list-keys", key)
                .out()
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":")[9])
                .toList();
    }

    private record Said(int exit, String out, String err) {}

    private Said run(byte[] input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "--batch", "--no-tty"));
        command.addAll(List.of(arguments));
        Process gpg = new ProcessBuilder(command).start();
        try {
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> all(gpg.getErrorStream()));
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> all(gpg.getInputStream()));
            try (OutputStream in = gpg.getOutputStream()) {
                in.write(input);
            } catch (IOException notRead) {
                throw new IOException(words(said(err)), notRead);
            }
            if (!gpg.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("GnuPG did not end within " + limit.toSeconds() + " s");
            }
            return new Said(gpg.exitValue(), said(out), said(err));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while signing", stop);
        } finally {
            // What it started, such as an agent that waits for a passphrase, would keep its output open for ever.
            gpg.descendants().forEach(ProcessHandle::destroyForcibly);
            gpg.destroyForcibly();
        }
    }

    /** A child that went its own way may hold the output open: what was not said a moment after the end never will be. */
    private static String said(CompletableFuture<String> output) throws InterruptedException, IOException {
        try {
            return output.get(MOMENT, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException open) {
            throw new IOException("GnuPG's output did not end with it", open);
        }
    }

    private static String all(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
