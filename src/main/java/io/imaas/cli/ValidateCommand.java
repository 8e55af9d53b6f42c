package io.imaas.cli;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Ports;
import io.imaas.app.Vanished;
import io.imaas.app.assembly.Adapters;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.KnownFiles;
import io.imaas.catalog.Read;
import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Reason;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.TextFiles;
import io.imaas.report.Json;
import io.imaas.report.SarifReport;
import io.imaas.report.ToolVersion;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas validate}: everything that is wrong with metadata, at once. */
@Command(
        name = "validate",
        description = {
            "Check a platform repository (platform.yaml, tenants/*.yaml, policies/*.yaml) or a service's "
                    + "imaas.yaml.",
            "Shows all problems at once, each with its place and a fix.",
            "Exit code: 0 no errors (there may be warnings), 3 errors."
        })
public final class ValidateCommand extends CliCommand {
    /** So often one problem is told in full. */
    private static final int REPEATED = 3;

    /** So many further lines are listed; {@code --format json} has all. */
    private static final int LINES = 10;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "the repository's folder (default: the current one)")
    private Path folder = Path.of(".");

    @Mixin
    private final ProblemFormat format = new ProblemFormat();

    @Option(
            names = "--base",
            paramLabel = "REVISION",
            description = "for a platform repository that is a Git work tree: warn about tenants, services and "
                    + "environments that this branch or commit (its whole id) has and the files no longer have, "
                    + "without 'offboarding'")
    private String base;

    @Mixin
    private final CacheOption cache = new CacheOption();

    @Override
    protected int run() {
        if (!Files.isDirectory(folder)) {
            throw FailureException.input(Reason.noFolder(false), folder.toString(), above().orElse("check the path"));
        }
        PlatformFolder platform = new PlatformFolder(folder);
        return platform.isPlatform() ? validatePlatform(platform) : validateService();
    }

    private int validatePlatform(PlatformFolder platform) {
        TextFiles files = platform.files();
        Read<Catalog> read = PlatformRepository.withExpressions(
                PlatformSource.read(files, new KnownFiles()), Adapters.admissionPolicies(), Adapters.expressions());
        String sound = read instanceof Read.Ok<Catalog> ok ? summary(ok.value()) : "";
        List<Problem> problems = new ArrayList<>(read.problems());
        if (base != null && read instanceof Read.Ok<Catalog> ok) {
            problems.addAll(vanished(ok.value()));
        }
        return tell(problems, files.paths().size(), sound, tombstones(read));
    }

    private List<Problem> vanished(Catalog now) {
        try (Assembly assembly = new Assembly(cache.folder()).previewing()) {
            assembly.git(GitSettings.of(cache.folder().resolve("git"), GitAccess.anonymous(), assembly.clock()));
            Ports ports = assembly.ports().build();
            return PlatformSource.at(folder.toString(), base, ports::git)
                    .found()
                    .map(before -> Vanished.between(
                            before, now, now.platform().dayOf(ports.clock().now())))
                    .orElse(List.of());
        }
    }

    private int validateService() {
        Path file = folder.resolve(ServiceFile.NAME);
        if (!Files.isRegularFile(file)) {
            if (Files.isRegularFile(folder.resolve("pom.xml"))) {
                return tell(List.of(), 0, "no " + ServiceFile.NAME + ": the defaults hold", List.of());
            }
            throw FailureException.input(
                    "this is neither a platform repository nor a service's",
                    folder.toString(),
                    above().orElse("a platform repository has platform.yaml, a service's has pom.xml or "
                            + ServiceFile.NAME));
        }
        Read<?> read = ServiceFile.read(
                ServiceFile.NAME, PlatformFolder.text(file), path -> Files.exists(folder.resolve(path)));
        return tell(read.problems(), 1, ServiceFile.NAME + " is sound", List.of());
    }

    /** The command for the repository that the named path is in. */
    private Optional<String> above() {
        return PlatformFolder.above(folder).map(found -> "imaas validate " + Pasted.of(found));
    }

    private static String summary(Catalog catalog) {
        int services = catalog.tenants().stream()
                .mapToInt(tenant -> tenant.services().size())
                .sum();
        return catalog.platform().name() + " is sound: "
                + count(catalog.tenants().size(), "tenant") + ", " + count(services, "service")
                + (catalog.policies().isEmpty()
                        ? ""
                        : ", " + catalog.policies().policies().size() + " admission policies");
    }

    private static List<String> tombstones(Read<Catalog> read) {
        return read instanceof Read.Ok<Catalog> ok
                ? ok.value().tenants().stream()
                        .flatMap(tenant -> tenant.tombstones().stream())
                        .toList()
                : List.of();
    }

    private int tell(List<Problem> problems, int files, String sound, List<String> tombstones) {
        long errors = problems.stream().filter(Problem::isError).count();
        switch (format.chosen()) {
            case SARIF -> out().print(SarifReport.of(problems, ToolVersion.current()));
            case JSON -> out().println(Json.pretty(asJson(problems, files, errors, tombstones)));
            case TEXT -> {
                tellPeople(out(), problems, files, errors, sound);
                tombstones.forEach(out()::println);
            }
        }
        return errors == 0 ? 0 : FailureKind.INPUT.exitCode();
    }

    private static Map<String, Object> asJson(List<Problem> problems, int files, long errors, List<String> tombstones) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", errors == 0);
        json.put("files", files);
        json.put("errors", errors);
        json.put("warnings", problems.size() - errors);
        json.put("offboarding", tombstones);
        json.put("problems", problems.stream().map(ValidateCommand::asJson).toList());
        return json;
    }

    private static Map<String, Object> asJson(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", word(problem));
        json.put("rule", problem.rule());
        json.put("file", problem.where().file());
        json.put("line", problem.where().line());
        json.put("column", problem.where().column());
        json.put("what", problem.what());
        json.put("fix", problem.fix());
        return json;
    }

    private void tellPeople(PrintWriter out, List<Problem> problems, int files, long errors, String sound) {
        Map<Same, List<Location>> places = new LinkedHashMap<>();
        problems.forEach(problem -> places.computeIfAbsent(Same.of(problem), same -> new ArrayList<>())
                .add(problem.where()));
        places.forEach((same, where) -> tell(out, same, where));
        if (errors == 0) {
            out.println(sound + (problems.isEmpty() ? "" : ", " + count(problems.size(), "warning")));
        } else {
            out.println(count(errors, "error") + " and " + count(problems.size() - errors, "warning") + " in "
                    + count(files, "file"));
        }
    }

    /** Problems of one file that differ by their place alone. */
    private record Same(String file, String severity, String rule, String what, String fix) {
        static Same of(Problem problem) {
            return new Same(problem.where().file(), word(problem), problem.rule(), problem.what(), problem.fix());
        }
    }

    private void tell(PrintWriter out, Same problem, List<Location> where) {
        int several = where.size() > REPEATED ? 1 : where.size();
        for (Location place : where.subList(0, several)) {
            out.println(shown(place) + ": " + problem.severity() + ": " + problem.what() + " [" + problem.rule() + "]");
            if (!problem.fix().isEmpty()) {
                out.println("    " + problem.fix());
            }
        }
        if (several < where.size()) {
            List<Location> others = where.subList(several, where.size());
            out.println("    the same in " + count(others.size(), "other line") + ": "
                    + others.stream()
                            .limit(LINES)
                            .map(place -> String.valueOf(place.line()))
                            .collect(Collectors.joining(", "))
                    + (others.size() > LINES ? ", …" : ""));
        }
    }

    /** As the caller can open it from where the command was started. */
    private Location shown(Location where) {
        String file = folder.normalize().resolve(where.file()).toString().replace('\\', '/');
        return new Location(file, where.line(), where.column());
    }

    private static String word(Problem problem) {
        return problem.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
