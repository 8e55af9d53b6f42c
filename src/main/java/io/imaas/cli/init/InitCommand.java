package io.imaas.cli.init;

import io.imaas.cli.CliCommand;
import io.imaas.cli.KeyOption;
import io.imaas.cli.Pasted;
import io.imaas.cli.TextFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas init}: working files to begin with. */
@Command(
        name = "init",
        description = {
            "Create working files with comments that explain them: a platform repository, a tenant's " + "file,",
            "a service that can be built and tested at once, a unit-test suite for an artifact, or the "
                    + "files for Jenkins.",
            "Existing files are never overwritten."
        })
public final class InitCommand extends CliCommand {
    private static final Path ARTIFACTS = Path.of("src/main/wso2mi/artifacts");

    private static final String REQUEST =
            """
                            <request-path>/</request-path>
                            <request-method>GET</request-method>
                            <request-protocol>http</request-protocol>
            """;

    @Parameters(index = "0", paramLabel = "platform|tenant|service|suite|jenkins", description = "what to create")
    private Kind kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DIR", description = "where to write (default: here)")
    private Path folder = Path.of(".");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the name of the platform, tenant or service (default: the folder's name); for a suite: the "
                    + "artifact that it tests")
    private String name;

    @Option(names = "--owner", paramLabel = "@ORG/TEAM", description = "who owns it (default: @NAME/admins)")
    private String owner;

    @Option(
            names = "--registry",
            paramLabel = "HOST/PATH",
            description = "where images go (default: registry.example.org/NAME)")
    private String registry;

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description = {
                "the tenant's GitOps repository; for jenkins: the platform repository",
                "(default: https://git.example.org/NAME/gitops.git)"
            })
    private String repository;

    @Option(
            names = "--service",
            paramLabel = "NAME=URL",
            description = "a service of the tenant and the repository of its sources; repeatable")
    private Map<String, String> services = new LinkedHashMap<>();

    @Mixin
    private final KeyOption key = new KeyOption();

    @Option(names = "--yes", description = "do not ask: use the defaults for what is not given")
    private boolean yes;

    @Override
    protected int run() {
        if (!services.isEmpty() && kind != Kind.TENANT) {
            throw wrong("--service is for 'imaas init tenant'");
        }
        if (kind == Kind.TENANT && !Files.exists(folder.resolve("platform.yaml"))) {
            throw FailureException.input(
                    "this is not a platform repository: it has no platform.yaml",
                    folder.toString(),
                    "imaas init platform " + Pasted.of(folder));
        }
        Map<String, String> files = Templates.of(kind, values());
        List<String> there = files.keySet().stream()
                .filter(path -> Files.exists(folder.resolve(path)))
                .toList();
        if (!there.isEmpty()) {
            throw FailureException.input(
                    "this would overwrite " + there.get(0)
                            + (there.size() == 1 ? "" : " and " + (there.size() - 1) + " more"),
                    folder.toString(),
                    kind == Kind.TENANT ? "give it another --name" : "name another folder, or remove what is there");
        }
        files.forEach((path, text) -> TextFile.write(folder.resolve(path), text));
        tell(files);
        return 0;
    }

    private Map<String, String> values() {
        String usual = kind == Kind.SUITE
                ? onlyArtifact()
                : plain(folder.toAbsolutePath().normalize().getFileName().toString());
        String called = asked(name, kind == Kind.SUITE ? "artifact to test" : "name", usual);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("NAME", called);
        if (kind == Kind.SUITE) {
            String artifact = artifact(called);
            values.put("ARTIFACT", artifact);
            values.put("INPUT", artifact.contains("/apis/") ? REQUEST : "");
            return values;
        }
        if (kind == Kind.TENANT) {
            new TenantName(called);
        } else {
            // The rules of a service's name hold for the others too.
            new ServiceName(called);
        }
        values.put("API", camel(called));
        if (kind != Kind.SERVICE) {
            values.put("OWNER", asked(owner, "owner", "@" + called + "/admins"));
        }
        if (kind == Kind.PLATFORM) {
            values.put("KEY", key.own(settings()).publicKey().listed());
            values.put("REGISTRY", asked(registry, "registry", "registry.example.org/" + called));
        }
        if (kind == Kind.TENANT || kind == Kind.JENKINS) {
            String url = "https://git.example.org/" + called + (kind == Kind.TENANT ? "/gitops.git" : "/platform.git");
            values.put("REPOSITORY", asked(repository, "repository", url));
        }
        values.put(
                "SERVICES",
                services.isEmpty()
                        ? " []"
                        : services.entrySet().stream()
                                .map(service -> "\n  - {name: " + new ServiceName(service.getKey()) + ", repository: "
                                        + reachable(service.getValue()) + ", type: gateway}")
                                .collect(Collectors.joining()));
        return values;
    }

    private static RepositoryUrl reachable(String text) {
        RepositoryUrl url = new RepositoryUrl(text);
        GitHosts.any().check(url);
        return url;
    }

    /** What was given, else what a person answers, else what is usual. */
    private String asked(String given, String question, String usual) {
        if (given != null) {
            return given;
        }
        Console console = yes ? null : System.console();
        // At the end of the input there is no line.
        String line =
                console == null ? "" : console.readLine("%s%s: ", question, usual == null ? "" : " [" + usual + "]");
        String answer = line == null ? "" : line.strip();
        if (answer.isEmpty() && usual == null) {
            throw FailureException.input("nothing says which " + question, suggested());
        }
        return answer.isEmpty() ? usual : answer;
    }

    private static String plain(String folder) {
        String plain =
                folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "service" : plain;
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("-"))
                .filter(part -> !part.isEmpty())
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
    }

    /** The file of an artifact of the project, by its name. */
    private String artifact(String called) {
        return artifacts().stream()
                .filter(path -> base(path).equals(called) || base(path).startsWith(called + "_v"))
                .findFirst()
                .orElseThrow(() -> FailureException.unknown(
                        "there is no artifact '" + called + "'",
                        folder.resolve(ARTIFACTS).toString(),
                        called,
                        artifacts().stream().map(InitCommand::base).toList()));
    }

    private String onlyArtifact() {
        List<String> known = artifacts();
        return known.size() == 1 ? base(known.get(0)) : null;
    }

    private String suggested() {
        List<String> known = artifacts().stream().map(InitCommand::base).toList();
        return known.isEmpty()
                ? "write an API or a sequence first"
                : "imaas init suite " + Pasted.of(folder) + " --name " + known.get(0) + "; known: "
                        + String.join(", ", known);
    }

    private static String base(String path) {
        return path.replaceFirst(".*/", "").replaceFirst("\\.xml$", "");
    }

    /** APIs and sequences: what a suite can test. */
    private List<String> artifacts() {
        Path root = folder.resolve(ARTIFACTS);
        if (!Files.isDirectory(root)) {
            throw FailureException.input(
                    "this is not an MI project", folder.toString(), "imaas init service " + folder);
        }
        try (Stream<Path> files = Files.walk(root, 2)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> path.matches(".*/(apis|sequences)/[^/]+\\.xml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FailureException.input(
                    "the folder can't be read: " + Reason.of(e), root.toString(), "check its rights");
        }
    }

    private void tell(Map<String, String> files) {
        files.keySet()
                .forEach(path -> out().println("created " + folder.resolve(path).normalize()));
        out().println("next:");
        kind.next(Pasted.of(folder)).forEach(line -> out().println("  " + line));
    }
}
