package io.imaas.adapter.dsse;

import io.imaas.model.failure.FailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A person's SSH key. {@code ssh-keygen} itself signs with it, so that passphrases, agents and hardware keys work as
 * the person knows them.
 */
record PersonKey(Path file) {
    private static final String NAMESPACE = "imaas";

    /**
     * As {@code ssh-keygen -Y sign} makes it, in binary form.
     *
     * @throws FailureException INPUT with the program's own words when there is no signature
     */
    byte[] sign(byte[] content) {
        try {
            // What it asks the person goes to the terminal.
            Process program = new ProcessBuilder(
                            "ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", file.toString())
                    .start();
            program.getOutputStream().write(content);
            program.getOutputStream().close();
            ByteArrayOutputStream armored = new ByteArrayOutputStream();
            program.getInputStream().transferTo(armored);
            String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (program.waitFor() != 0) {
                throw refused(said);
            }
            String text = armored.toString(StandardCharsets.US_ASCII).replaceAll("-----[^-\n]+-----", "");
            return Base64.getMimeDecoder().decode(text);
        } catch (IOException e) {
            throw refused(e.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw refused("interrupted");
        }
    }

    private FailureException refused(String why) {
        return FailureException.input(
                "the statement can't be signed: " + why,
                file.toString(),
                "name your private SSH key, or the public one whose private half your agent holds; ssh-keygen must be"
                        + " installed");
    }
}
