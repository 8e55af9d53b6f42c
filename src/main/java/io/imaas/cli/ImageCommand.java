package io.imaas.cli;

import io.imaas.adapter.git.Checkout;
import io.imaas.app.Ports;
import io.imaas.app.Projects;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.MiProject;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.port.ImageBuilder.Built;
import io.imaas.port.ImageBuilder.Recipe;
import io.imaas.port.ImageCars;
import io.imaas.report.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas image}: the image around a project's CAR, pushed to a registry. */
@Command(
        name = "image",
        description = "Build the image of an MI project and push the layers that the registry does not have yet.",
        footer = {
            "",
            "Logins: IMAAS_REGISTRY_HOST, IMAAS_REGISTRY_USER and IMAAS_REGISTRY_PASSWORD;",
            "IMAAS_REGISTRY_DOCKERCONFIGJSON (the content of a Kubernetes secret); 'imaas login'; Docker's config.json.",
            "The image's creation time is SOURCE_DATE_EPOCH, else 1970: it is part of the digest."
        })
public final class ImageCommand extends CliCommand {
    @Mixin
    private final ProjectOptions where = new ProjectOptions();

    @Option(names = "--to", paramLabel = "HOST/PATH", required = true, description = "where the image goes")
    private String target;

    @Option(
            names = "--base-image",
            paramLabel = "REF@DIGEST",
            description = "the base image, by digest (default: as imaas.yaml says, else an empty one)")
    private String base;

    @Option(
            names = "--car",
            paramLabel = "FILE",
            description = "the CAR (default: the one that the pom names; it is built if it is missing or out of date)")
    private Path car;

    @Option(
            names = "--with-car",
            paramLabel = "FILE",
            description = "another CAR for the image, such as one that the project depends on; repeatable")
    private List<Path> further = List.of();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "a tag for people; repeatable (default: the project's version)")
    private List<String> tags = List.of();

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "an OCI label; repeatable")
    private Map<String, String> labels = Map.of();

    @Option(
            names = "--arch",
            paramLabel = "OS/ARCH",
            description = "build for this platform of the base image; repeatable (default: all Linux platforms)")
    private List<String> platforms = List.of();

    @Mixin
    private final LocalRepositoryOption localRepository = new LocalRepositoryOption();

    @Option(names = "--docker", description = "build with the project's Dockerfile, with a Docker daemon")
    private boolean docker;

    @Option(names = "--dry-run", description = "show what would be built, and write nothing")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "print only the image's name with its digest, for scripts")
    private boolean quiet;

    @Mixin
    private final FormatOption format = new FormatOption();

    /**
     * @param image null when nothing was pushed because of {@code --dry-run}
     * @param car the project's own
     * @param cars file names of all of them, in the order in which they are loaded
     */
    record Answer(
            String project,
            String repository,
            String image,
            String digest,
            Set<String> tags,
            String base,
            String car,
            List<String> cars,
            String builder,
            long bytesPushed,
            List<String> layers) {}

    @Override
    protected int run() {
        if (docker && !platforms.isEmpty()) {
            throw wrong("--arch is for images that are made without Docker");
        }
        if (quiet && (dryRun || format.json())) {
            throw wrong("--quiet goes with no --dry-run or --format: it prints what was pushed");
        }
        ImageRepository.parse(target);
        Projects projects = new Projects(ports());
        Answer answer = dryRun ? planned(projects) : pushed(projects, recipe(projects, null));
        out().println(quiet ? answer.image() : format.json() ? Json.pretty(answer) : sentence(answer));
        return 0;
    }

    /** All that a build reads is read, and what it packs is packed, in a folder that goes again. */
    private Answer planned(Projects projects) {
        try {
            Path scratch = Files.createTempDirectory("imaas-image");
            try {
                return answer(recipe(projects, scratch), null);
            } finally {
                FileUtils.deleteDirectory(scratch.toFile());
            }
        } catch (IOException e) {
            throw FailureException.external(
                    "a folder for temporary files fails: " + Reason.of(e), "", "check the disk and TMPDIR", e);
        }
    }

    private Answer pushed(Projects projects, Recipe recipe) {
        Built built = projects.ports().images().build(recipe, this::log);
        built.warnings().forEach(problem -> err().println(problem.sentence()));
        Answer answer = answer(recipe, built);
        // target/imaas/image.json says the same as --format json.
        ReportFolder.of(where.folder().toString()).write("image.json", Json.pretty(answer) + "\n");
        return answer;
    }

    private Ports ports() {
        Assembly assembly = where.assembly();
        if (!dryRun && docker) {
            assembly.dockerImages();
        } else {
            assembly.imagesFor(Set.copyOf(platforms));
        }
        return assembly.ports().build();
    }

    private void log(String line) {
        PrintWriter log = quiet || format.json() ? err() : out();
        log.println("  " + line);
        log.flush();
    }

    private Recipe recipe(Projects projects, Path scratch) {
        ServiceSettings.ImageSettings settings = where.settings().image();
        MiProject project = where.only(projects);
        Path found = new FreshCar(projects, project, localRepository.folder(), scratch == null ? this::log : line -> {})
                .find(car, scratch);
        ImageCars.Wanted wanted = scratch == null
                ? new ImageCars.Wanted(project, found, further, localRepository.folder())
                : new ImageCars.Wanted(project, found, further, localRepository.folder(), scratch.resolve("image"));
        ImageCars image = projects.ports().port(ImageCars.class);
        String under = base == null ? settings.base() : base;
        if (!under.isEmpty()) {
            ImageRef.parse(under);
        }
        return new Recipe(
                ImageRepository.parse(target),
                under,
                Path.of(project.folder()),
                image.of(wanted),
                image.libraries(wanted),
                project.runtimeVersion(),
                labels(project, settings),
                tags.isEmpty() ? Set.of(project.version()) : Set.copyOf(tags),
                created());
    }

    /** As a delivery labels its images: from the project, its Git checkout where there is one, and imaas.yaml. */
    private Map<String, String> labels(MiProject project, ServiceSettings.ImageSettings settings) {
        Map<String, String> all = new LinkedHashMap<>(settings.labels());
        all.put("org.opencontainers.image.version", project.version());
        all.put("org.opencontainers.image.title", project.artifactId());
        all.put("io.imaas.car", project.artifactId() + ":" + project.version());
        Checkout.around(where.folder()).ifPresent(checkout -> {
            all.put("org.opencontainers.image.revision", checkout.commit().value());
            checkout.remote().ifPresent(url -> all.put("org.opencontainers.image.source", url.value()));
        });
        all.putAll(labels);
        return all;
    }

    /** See reproducible-builds.org, SOURCE_DATE_EPOCH. */
    private static Instant created() {
        String seconds = System.getenv().getOrDefault("SOURCE_DATE_EPOCH", "0");
        if (!seconds.matches("\\d{1,11}")) {
            throw FailureException.input(
                    "SOURCE_DATE_EPOCH is '" + seconds + "'", "give seconds since 1970, or unset it");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private Answer answer(Recipe recipe, Built built) {
        Path own = recipe.cars().get(recipe.cars().size() - 1);
        return new Answer(
                recipe.project().toString(),
                recipe.target().toString(),
                built == null ? null : built.image().toString(),
                built == null ? null : built.image().digest().value(),
                new TreeSet<>(recipe.tags()),
                recipe.base(),
                (dryRun ? own.getFileName() : own).toString(),
                recipe.cars().stream().map(one -> one.getFileName().toString()).toList(),
                docker ? "docker" : "jib",
                built == null ? 0 : built.bytesPushed(),
                built == null ? List.of() : built.layers());
    }

    private static String sentence(Answer answer) {
        String tagged = " (" + String.join(", ", answer.tags()) + ")";
        return answer.image() == null
                ? "would push " + String.join(", ", answer.cars()) + " on "
                        + (answer.base().isEmpty() ? "an empty base" : answer.base()) + " to " + answer.repository()
                        + tagged + " with " + answer.builder()
                : answer.image() + tagged + "  " + answer.bytesPushed() + " bytes pushed";
    }
}
