package io.imaas.cli.doctor;

import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.GitRepository;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether a repository can be read and pushed to.
 *
 * @param branches that should be there
 * @param token for HTTP, or null
 */
record GitCheck(RepositoryUrl url, GitRepository repository, List<BranchName> branches, Secret token, Web web)
        implements Supplier<CheckResult> {
    GitCheck {
        branches = List.copyOf(branches);
    }

    @Override
    public CheckResult get() {
        List<BranchName> missing = branches.stream()
                .filter(branch -> repository.head(branch).isEmpty())
                .toList();
        CheckResult writable = url.value().startsWith("http") ? overHttp() : onDisk();
        if (writable.status() == CheckResult.Status.OK && !missing.isEmpty()) {
            return CheckResult.warn(
                    writable.found() + ", but has no branch "
                            + missing.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "imaas onboard, which makes the tenants' branches");
        }
        return writable;
    }

    /** Asks for what a push asks for first; the server checks the rights there and nothing is written. */
    private CheckResult overHttp() {
        String base = url.value().replaceFirst("/+$", "").replaceFirst("^(https?://)[^/@]*@", "$1");
        URI question = URI.create(base + "/info/refs?service=git-receive-pack");
        int status =
                web.get(question, "Basic", token == null ? null : basic(token)).statusCode();
        return switch (status) {
            case 200 -> CheckResult.ok(url + " can be read and written");
            case 401 ->
                CheckResult.fail(
                        url + " can be read, but a push needs "
                                + (token == null ? "a token" : "another token: ours is refused"),
                        "set IMAAS_GIT_TOKEN to a token that may write the repository's contents");
            case 403, 404 ->
                CheckResult.fail(
                        url + " can be read, but our token may not write it",
                        "give the token the right to write the repository's contents");
            default ->
                CheckResult.warn(
                        url + " can be read; asked for a push, the server said " + status, "try a push by hand");
        };
    }

    private static Secret basic(Secret token) {
        byte[] pair = ("x-access-token:" + token.reveal()).getBytes(StandardCharsets.UTF_8);
        return new Secret(Base64.getEncoder().encodeToString(pair));
    }

    private CheckResult onDisk() {
        String path = url.value().replaceFirst("^file://", "");
        if (!path.startsWith("/")) {
            return CheckResult.ok(url + " can be read; over SSH only a push shows whether it can be written");
        }
        Path objects = Path.of(path).resolve("objects");
        Path folder = Files.isDirectory(objects) ? objects : Path.of(path, ".git", "objects");
        return Files.isWritable(folder)
                ? CheckResult.ok(url + " can be read and written")
                : CheckResult.fail(url + " can be read and not written", "give this account the right to write it");
    }
}
