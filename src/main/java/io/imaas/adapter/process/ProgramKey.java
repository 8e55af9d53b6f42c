package io.imaas.adapter.process;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.port.OwnKey;
import io.imaas.port.Processes;
import io.imaas.port.Processes.Command;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A key that a program of the operator signs with, as the command line of a cloud's key management service does:
 * {@code PROGRAM public-key FILE} writes the public half, and {@code PROGRAM sign CONTENT SIGNATURE} signs one file into another.
 * What it prints is for people.
 */
public final class ProgramKey implements OwnKey {
    public static final String SCHEME = "program://";

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int LONGEST = 1 << 16;
    private static final int LINES = 5;

    private final Path program;
    private final Map<String, String> environment;
    private final Processes processes = new LocalProcesses();
    private final AtomicReference<SigningKey> told = new AtomicReference<>();

    /**
     * @param reference {@link #SCHEME} and the program's absolute path
     * @param environment what the program gets, without our own settings
     * @throws FailureException INPUT when it is no program
     */
    public ProgramKey(String reference, Map<String, String> environment) {
        this.program = Path.of(reference.substring(SCHEME.length()));
        this.environment = environment;
        if (!program.isAbsolute() || !Files.isExecutable(program) || Files.isDirectory(program)) {
            throw FailureException.input(
                    "'" + program + "' is not a program that can be started",
                    "--key ($IMAAS_KEY)",
                    "write " + SCHEME + "/absolute/path, and make it executable: chmod +x " + program);
        }
    }

    /** As it was first told, so that what is signed fits the key that is listed as long as this process lives. */
    @Override
    public SigningKey publicKey() {
        return told.updateAndGet(known -> known == null ? asked() : known);
    }

    @Override
    public boolean exists() {
        publicKey();
        return true;
    }

    @Override
    public byte[] sign(byte[] content) {
        SigningKey by = publicKey();
        byte[] written = written("sign", content);
        return forms(written)
                .filter(signature -> by.signed(content, signature))
                .findFirst()
                .orElseThrow(() -> unusable("what it writes is no signature by its public key", List.of()));
    }

    private SigningKey asked() {
        String text = new String(written("public-key", new byte[0]), StandardCharsets.US_ASCII);
        try {
            return new SigningKey("orchestrator", text.strip().replaceAll("\\s+", " "));
        } catch (FailureException noKey) {
            throw unusable("what it writes is no public key: " + noKey.failure().what(), List.of());
        }
    }

    /** The bytes as they are or as Base64; and of both what is two numbers one after the other (RFC 7518, 3.4), in ASN.1. */
    private static Stream<byte[]> forms(byte[] written) {
        List<byte[]> forms = new ArrayList<>(List.of(written));
        try {
            String text = new String(written, StandardCharsets.US_ASCII).replaceAll("\\s", "");
            forms.add(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException noBase64) {
            // Then they are the signature itself.
        }
        return forms.stream().flatMap(form -> form.length == 64 ? Stream.of(form, asn1(form)) : Stream.of(form));
    }

    private static byte[] asn1(byte[] numbers) {
        byte[] r = new BigInteger(1, Arrays.copyOf(numbers, 32)).toByteArray();
        byte[] s = new BigInteger(1, Arrays.copyOfRange(numbers, 32, 64)).toByteArray();
        return ByteBuffer.allocate(6 + r.length + s.length)
                .put(new byte[] {0x30, (byte) (4 + r.length + s.length), 2, (byte) r.length})
                .put(r)
                .put(new byte[] {2, (byte) s.length})
                .put(s)
                .array();
    }

    private byte[] written(String what, byte[] content) {
        try {
            Path folder = Files.createTempDirectory("imaas-sign");
            Path given = folder.resolve("content");
            Path answer = folder.resolve("answer");
            try {
                List<String> arguments = new ArrayList<>(List.of(program.toString(), what));
                if (what.equals("sign")) {
                    arguments.add(Files.write(given, content).toString());
                }
                arguments.add(answer.toString());
                run(new Command(arguments, program.getParent(), allowed(), DEADLINE));
                if (!Files.isRegularFile(answer) || Files.size(answer) == 0 || Files.size(answer) > LONGEST) {
                    throw unusable("it writes nothing, or more than " + LONGEST + " bytes", List.of());
                }
                return Files.readAllBytes(answer);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw FailureException.input("no temporary file can be written: " + e.getMessage(), "free some space");
        }
    }

    /** With whatever the program has left there. */
    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void run(Command command) {
        List<String> said = new ArrayList<>();
        int code = processes.run(command, line -> {
            if (said.size() == LINES) {
                said.remove(0);
            }
            said.add(line);
        });
        if (code != 0) {
            throw unusable("it ends with exit code " + code, said);
        }
    }

    private Map<String, String> allowed() {
        Map<String, String> allowed = new HashMap<>(environment);
        allowed.keySet().removeIf(name -> name.startsWith("IMAAS_"));
        return allowed;
    }

    private FailureException unusable(String why, List<String> said) {
        return FailureException.external(
                "the program that signs can't be used: " + why
                        + (said.isEmpty() ? "" : ": " + String.join(" / ", said)),
                program.toString(),
                "run it by hand: " + program + " public-key /tmp/key.pub",
                (Throwable) null);
    }
}
