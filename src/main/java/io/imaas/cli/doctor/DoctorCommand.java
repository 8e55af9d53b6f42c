package io.imaas.cli.doctor;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.adapter.system.SystemClock;
import io.imaas.cli.CliCommand;
import io.imaas.cli.FormatOption;
import io.imaas.cli.doctor.CheckResult.Status;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Reason;
import io.imaas.report.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas doctor}: what will fail, before anything runs. */
@Command(
        name = "doctor",
        description = {
            "Check everything that a run will need, and say what will fail and how to fix it.",
            "Only what is named is checked. Exit code: 0 nothing will fail, 1 something will."
        })
public final class DoctorCommand extends CliCommand {

    @Mixin
    private DoctorOptions options = new DoctorOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    protected int run() {
        Map<String, String> environment = System.getenv();
        Path cache = temporary();
        try (GitRepositories repositories = git(cache, CommitSigning.by(new DsseStatements(options.ownKey())));
                GitRepositories unsigned = git(cache.resolve("unsigned"), CommitSigning.none());
                Forges forges = new Forges(new SystemClock())) {
            List<Check> checks =
                    new Checks(options, environment, repositories, unsigned, forges, cache.resolve("work")).all();
            return tell(new Examination(options.patience).of(checks));
        } finally {
            remove(cache);
        }
    }

    private GitRepositories git(Path cache, CommitSigning signing) {
        return new GitRepositories(GitSettings.of(
                        cache, GitAccess.token(name -> Optional.ofNullable(options.gitToken), "git"), new SystemClock())
                .signedBy(signing)
                .within(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ZERO));
    }

    private int tell(List<CheckResult> results) {
        long failures = count(results, Status.FAIL);
        if (format.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ok", failures == 0);
            json.put("checks", results);
            out().println(Json.pretty(json));
        } else {
            results.forEach(result -> tell(out(), result));
            out().println(failures == 0 ? "Nothing that was looked at will fail." : failures + " of these will fail.");
        }
        return failures == 0 ? 0 : FailureKind.FAILED.exitCode();
    }

    private static void tell(PrintWriter out, CheckResult result) {
        out.println(String.format(
                "%-5s %s: %s",
                word(result.status()), result.name(), result.found().replace("\n", "\n      ")));
        if (!result.fix().isEmpty()) {
            out.println("      -> " + result.fix());
        }
    }

    private static String word(Status status) {
        return status == Status.SKIPPED ? "-" : status.name().toLowerCase(Locale.ROOT);
    }

    private static long count(List<CheckResult> results, Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /** A cache of its own: what another process holds in the real one must not change the findings. */
    private static Path temporary() {
        try {
            return Files.createTempDirectory("imaas-doctor");
        } catch (IOException e) {
            throw FailureException.failed(
                    "the temporary folder can't be written: " + Reason.of(e),
                    System.getProperty("java.io.tmpdir"),
                    "free some space there, or name another with -Djava.io.tmpdir");
        }
    }

    private static void remove(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw FailureException.failed(
                    "the temporary folder can't be removed: " + Reason.of(e), folder.toString(), "remove it by hand");
        }
    }
}
