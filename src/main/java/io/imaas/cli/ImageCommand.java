package io.imaas.cli;

import io.imaas.adapter.docker.DockerDaemons;
import io.imaas.adapter.docker.DockerImageBuilder;
import io.imaas.adapter.mi.MiProjectDetector;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.MiProject;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageBuilder.Built;
import io.imaas.port.ImageBuilder.Recipe;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas image}: the image around a project's CAR, pushed to a registry. */
@Command(
        name = "image",
        description = "Make the image of a built MI project and push what the registry lacks.",
        footer = {
            "",
            "Logins: IMAAS_REGISTRY_HOST, IMAAS_REGISTRY_USER and IMAAS_REGISTRY_PASSWORD;",
            "IMAAS_REGISTRY_DOCKERCONFIGJSON (the content of a Kubernetes secret); Docker's config.json.",
            "The image's creation time is SOURCE_DATE_EPOCH, else 1970: it is part of the digest."
        })
public final class ImageCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", defaultValue = ".", description = "the MI project's folder (default: .)")
    private Path folder;

    @Option(names = "--to", paramLabel = "REGISTRY/PATH", required = true, description = "where the image goes")
    private String target;

    @Option(
            names = "--base",
            paramLabel = "REF@DIGEST",
            defaultValue = "",
            description = "the image under it, by digest (default: an empty one)")
    private String base;

    @Option(
            names = "--car",
            paramLabel = "FILE",
            description = "the CAR (default: the one in DIR/target/imaas or DIR/target)")
    private Path car;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "a name for people, may be repeated (default: the project's version)")
    private List<String> tags = List.of();

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "an OCI label, may be repeated")
    private Map<String, String> labels = Map.of();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "build for this one of the base's platforms, may be repeated (default: all Linux ones)")
    private List<String> platforms = List.of();

    @Option(names = "--docker", description = "build with the project's Dockerfile by a Docker daemon")
    private boolean docker;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "folder for layers that can be used again (default: ~/.cache/imaas/images)")
    private Path cache;

    @Option(names = "--dry-run", description = "say what would be made, and write nothing")
    private boolean dryRun;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec;

    /** @param image null when nothing was pushed because of {@code --dry-run} */
    record Answer(
            String project,
            String repository,
            String image,
            String digest,
            Set<String> tags,
            String base,
            String car,
            String builder,
            long bytesPushed,
            List<String> layers) {}

    @Override
    public Integer call() {
        if (!base.isEmpty()) {
            ImageRef.parse(base);
        }
        if (docker && !platforms.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--platform is for images that are made without Docker");
        }
        Recipe recipe = recipe(project());
        Answer answer = dryRun ? answer(recipe, null) : pushed(recipe);
        PrintWriter out = spec.commandLine().getOut();
        out.println(format.json() ? Json.pretty(answer) : sentence(answer));
        out.flush();
        return 0;
    }

    private Answer pushed(Recipe recipe) {
        PrintWriter log =
                format.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Answer answer = answer(recipe, builder().build(recipe, line -> {
            log.println("  " + line);
            log.flush();
        }));
        record(answer);
        return answer;
    }

    private ImageBuilder builder() {
        RegistryCredentials logins = RegistryCredentials.of(System.getenv());
        return docker
                ? new DockerImageBuilder(DockerDaemons.connect(System.getenv()), logins)
                : new JibImageBuilder(cacheFolder(), logins).forPlatforms(Set.copyOf(platforms));
    }

    private MiProject project() {
        List<MiProject> found = new MiProjectDetector().inspect(folder);
        if (found.size() > 1) {
            throw FailureException.input(
                    "there are " + found.size() + " MI projects",
                    folder.toString(),
                    "name one of: "
                            + String.join(
                                    ", ", found.stream().map(MiProject::folder).toList()));
        }
        return found.get(0);
    }

    private Recipe recipe(MiProject project) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("org.opencontainers.image.version", project.version());
        all.put("org.opencontainers.image.title", project.artifactId());
        all.putAll(labels);
        return new Recipe(
                ImageRepository.parse(target),
                base,
                Path.of(project.folder()),
                car == null ? BuiltCar.in(folder) : car,
                project.runtimeVersion(),
                all,
                tags.isEmpty() ? Set.of(project.version()) : Set.copyOf(tags),
                created());
    }

    /** See reproducible-builds.org, SOURCE_DATE_EPOCH. */
    private static Instant created() {
        String seconds = System.getenv().getOrDefault("SOURCE_DATE_EPOCH", "0");
        if (!seconds.matches("\\d{1,11}")) {
            throw FailureException.input(
                    "SOURCE_DATE_EPOCH is '" + seconds + "'", "", "give seconds since 1970, or unset it");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private Path cacheFolder() {
        if (cache != null) {
            return cache;
        }
        String home = System.getenv().getOrDefault("HOME", System.getProperty("java.io.tmpdir"));
        return Path.of(System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache"), "imaas", "images");
    }

    private Answer answer(Recipe recipe, Built built) {
        return new Answer(
                recipe.project().toString(),
                recipe.target().toString(),
                built == null ? null : built.image().toString(),
                built == null ? null : built.image().digest().value(),
                new TreeSet<>(recipe.tags()),
                base,
                recipe.artifact().toString(),
                docker ? "docker" : "jib",
                built == null ? 0 : built.bytesPushed(),
                built == null ? List.of() : built.layers());
    }

    private static String sentence(Answer answer) {
        String tagged = " (" + String.join(", ", answer.tags()) + ")";
        return answer.image() == null
                ? "would push " + answer.car() + " on "
                        + (answer.base().isEmpty() ? "an empty base" : answer.base()) + " to " + answer.repository()
                        + tagged + " with " + answer.builder()
                : answer.image() + tagged + "  " + answer.bytesPushed() + " bytes pushed";
    }

    /** {@code target/imaas/image.json} says the same as {@code --format json}. */
    private void record(Answer answer) {
        Path file = folder.resolve("target/imaas/image.json");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Json.pretty(answer) + "\n");
        } catch (IOException e) {
            throw FailureException.external("cannot be written: " + e, file.toString(), "check the folder", e);
        }
    }
}
