package io.imaas.adapter.mi.pom;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.Activation;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Profile;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingResult;
import org.apache.maven.model.building.ModelProblem;
import org.apache.maven.model.building.ModelSource;
import org.apache.maven.model.building.StringModelSource;
import org.apache.maven.model.resolution.ModelResolver;

/**
 * Reads a {@code pom.xml} as Maven would, without Maven. Only what is on this disk counts: a parent in a repository, or a
 * profile that turns itself on by machine or file, is told as a doubt instead of guessed.
 *
 * @param root folder below which files are named in messages
 */
public record PomReader(Path root) {
    /** Where modules of Integration Studio put what they make: no CAR among it. */
    private static final String STUDIO_TARGET = "target/capp";

    /** Options of Maven that say how it runs, shows and fetches, and nothing of what it makes. */
    private static final Pattern HARMLESS =
            Pattern.compile("--?(B|batch-mode|q|quiet|e|errors|X|debug|o|offline|U|update-snapshots|T|threads"
                    + "|nsu|no-snapshot-updates|ntp|no-transfer-progress|ff|fail-fast|fae|fail-at-end|V|show-version"
                    + "|C|strict-checksums|c|lax-checksums)"
                    + "|(-T|--threads=)?[\\d.]+C?|(--color|-Dstyle\\.color)=\\w+|-D(org\\.slf4j\\.simpleLogger|maven\\.wagon"
                    + "|aether\\.connector|maven\\.artifact\\.threads)\\b\\S*");

    /** @throws FailureException INPUT when the file is missing or broken, or names no version */
    public Pom read(Path file) {
        String shown = shown(file);
        if (!Files.isRegularFile(file)) {
            throw FailureException.input(
                    "there is no pom.xml, so this is not an MI project",
                    Location.of(shown),
                    "imaas init service NAME makes a new project");
        }
        // Ours first: it tells the place of a fault in plain words.
        XmlParser.read(Folders.bytes(file), shown);
        Set<String> unsure = new LinkedHashSet<>();
        ModelBuildingResult built = build(file, shown, unsure);
        for (String id : built.getModelIds()) {
            Model raw = built.getRawModel(id);
            if (raw.getPomFile() != null) {
                doubts(raw, unsure);
            }
        }
        return Pom.of(built.getEffectiveModel(), unsure);
    }

    private static ModelBuildingResult build(Path file, String shown, Set<String> unsure) {
        ModelBuildingRequest request = new DefaultModelBuildingRequest()
                .setPomFile(file.toFile())
                .setProcessPlugins(false)
                .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL)
                .setModelResolver(new OutOfReach(unsure));
        try {
            return new DefaultModelBuilderFactory().newInstance().build(request);
        } catch (OutOfMemoryError e) {
            // Properties that name each other twice double with each step, as deep as somebody likes.
            throw FailureException.input(
                    "its properties grow beyond Java's memory", Location.of(shown), "do not nest them so deep");
        } catch (ModelBuildingException e) {
            Model model = e.getModel();
            if (model == null
                    || Stream.of(model.getGroupId(), model.getArtifactId(), model.getVersion())
                            .anyMatch(PomReader::missing)) {
                throw FailureException.input(
                        "Maven cannot read the pom.xml: " + words(e), Location.of(shown), "mvn validate -f " + shown);
            }
            unsure.add("Maven refuses its pom.xml: " + words(e));
            return e.getResult();
        }
    }

    private static boolean missing(String text) {
        return text == null || text.isBlank();
    }

    private static String words(ModelBuildingException e) {
        return e.getProblems().stream()
                .filter(p -> p.getSeverity() != ModelProblem.Severity.WARNING)
                .map(ModelProblem::getMessage)
                .findFirst()
                .orElse("for no reason given");
    }

    private static void doubts(Model raw, Set<String> unsure) {
        for (Profile profile : raw.getProfiles()) {
            condition(profile.getActivation())
                    .ifPresent(by -> unsure.add("profile '" + profile.getId() + "' turns itself on by " + by));
        }
        Build build = raw.getBuild() == null ? new Build() : raw.getBuild();
        moved("directory", build.getDirectory(), unsure);
        moved("sourceDirectory", build.getSourceDirectory(), unsure);
        if (!build.getExtensions().isEmpty()) {
            unsure.add("it has build extensions");
        }
        Path settings = raw.getPomFile().toPath().resolveSibling(".mvn");
        if (Files.isRegularFile(settings.resolve("extensions.xml"))) {
            unsure.add(".mvn/extensions.xml changes how Maven reads the project");
        }
        Path config = settings.resolve("maven.config");
        if (Files.isRegularFile(config)) {
            new String(Folders.bytes(config), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split("\\s+")))
                    .filter(option -> !HARMLESS.matcher(option).matches())
                    .findFirst()
                    .ifPresent(option ->
                            unsure.add(".mvn/maven.config has " + option + ", which may change what is packed"));
        }
    }

    private static void moved(String what, String where, Set<String> unsure) {
        if (where != null && !where.equals(STUDIO_TARGET)) {
            unsure.add("its build moves " + what + " to " + where);
        }
    }

    private static Optional<String> condition(Activation activation) {
        return activation == null
                ? Optional.empty()
                : Stream.of(
                                activation.getJdk() == null ? "" : "jdk",
                                activation.getOs() == null ? "" : "os",
                                activation.getProperty() == null ? "" : "property",
                                activation.getFile() == null ? "" : "file")
                        .filter(by -> !by.isEmpty())
                        .findFirst();
    }

    private String shown(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(root)
                ? root.relativize(absolute).toString().replace('\\', '/')
                : absolute.toString();
    }

    /** Stands in for every pom that is not on this disk with an empty one, and notes that it did. */
    @SuppressWarnings("deprecation") // the resolver's own interface still speaks of the old types
    private record OutOfReach(Set<String> unsure) implements ModelResolver {
        @Override
        public ModelSource resolveModel(String groupId, String artifactId, String version) {
            return empty("imported pom", groupId, artifactId, version);
        }

        @Override
        public ModelSource resolveModel(Parent parent) {
            return empty("parent", parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
        }

        @Override
        public ModelSource resolveModel(Dependency imported) {
            return empty("imported pom", imported.getGroupId(), imported.getArtifactId(), imported.getVersion());
        }

        private ModelSource empty(String what, String groupId, String artifactId, String version) {
            String name = groupId + ":" + artifactId + ":" + version;
            unsure.add("its " + what + " " + name + " is not in this repository");
            return new StringModelSource(
                    "<project><modelVersion>4.0.0</modelVersion><groupId>" + groupId + "</groupId><artifactId>"
                            + artifactId + "</artifactId><version>" + version
                            + "</version><packaging>pom</packaging></project>",
                    name);
        }

        @Override
        public void addRepository(Repository repository) {
            // Nothing is fetched.
        }

        @Override
        public void addRepository(Repository repository, boolean replace) {
            // Nothing is fetched.
        }

        @Override
        public ModelResolver newCopy() {
            return this;
        }
    }
}
