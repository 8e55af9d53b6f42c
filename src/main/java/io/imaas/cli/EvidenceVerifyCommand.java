package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import io.imaas.model.tenancy.Platform;
import io.imaas.report.EvidenceReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas evidence verify}: whether an evidence file is as it was written, and whether its parts agree. */
@Command(
        name = "verify",
        description = {
            "Check an evidence file without any server. Exits with 0, or with 5 and the names of the "
                    + "parts that do not match.",
            "Say whose signature counts: --platform or --trusted. Without them only the file itself says so, and "
                    + "the first line of the output warns of it. --platform counts the keys under 'orchestrators', "
                    + "'people' and 'signedBy', at the times that they give."
        })
public final class EvidenceVerifyCommand extends CliCommand {
    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Parameters(paramLabel = "FILE", description = "the file that 'imaas evidence' wrote")
    private Path file;

    @Option(
            names = "--trusted",
            paramLabel = "KEY",
            description = "instead of --platform: public key of an orchestrator, PEM or one line of a .pub file, "
                    + "also one that was replaced; repeatable")
    private List<Path> trusted = List.of();

    @Override
    protected int run() {
        byte[] bytes = bytes();
        if (platform.named() && !trusted.isEmpty()) {
            throw wrong("name the keys that count once: --platform or --trusted");
        }
        try (Assembly assembly = platform.assembly(settings())) {
            platform.addTo(assembly, new CommitOptions());
            Ports ports = assembly.ports().build();
            EvidenceReview review = Imaas.verify(ports, bytes, counts(ports));
            out().print(review.text());
            return exit(review, file);
        }
    }

    private EvidenceTrust counts(Ports ports) {
        if (!platform.given() || !trusted.isEmpty()) {
            return EvidenceTrust.given(trusted.stream()
                    .map(key -> new SigningKey(key.toString(), TextFile.read(key, "name a key that is there")))
                    .toList());
        }
        Platform read = PlatformSource.read(platform.platform(), ports::git).platform();
        List<ListedKey> listed = read.trust().orchestrators();
        if (listed.isEmpty()) {
            throw FailureException.input(
                    "no key stands under 'orchestrators'", "platform.yaml", "imaas key prints the lines to add");
        }
        return EvidenceTrust.platform(listed, read, platform.platform());
    }

    /** @throws FailureException POLICY when something does not fit */
    static int exit(EvidenceReview review, Path file) {
        if (review.misfits().isEmpty()) {
            return 0;
        }
        throw FailureException.policy(
                "the evidence does not hold: "
                        + review.misfits().stream()
                                .map(part -> part.name() + " (" + part.found() + ")")
                                .collect(Collectors.joining("; ")),
                file.toString(),
                "imaas evidence SERVICE ENV");
    }

    /** Whatever they are: a file that is not text is one that does not hold. */
    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FailureException.input(
                    "the file can't be read: " + Reason.of(e), file.toString(), "imaas evidence SERVICE ENV");
        }
    }
}
