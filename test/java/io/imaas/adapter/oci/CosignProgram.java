package io.imaas.adapter.oci;

import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code cosign} itself, for tests tagged {@code real}: {@code IMAAS_COSIGN} names the program. */
record CosignProgram(Path folder) {
    static final String VARIABLE = "IMAAS_COSIGN";

    record Said(int exitCode, String text) {}

    Said cosign(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(RealServer.variable(VARIABLE)));
        command.addAll(List.of(arguments));
        return run(command);
    }

    Said run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("COSIGN_PASSWORD", "");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
