package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.source.LintLevels;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.model.tenancy.ServiceSettings.BuilderChoice;
import io.imaas.model.tenancy.ServiceSettings.ImageSettings;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import io.imaas.model.tenancy.ServiceSettings.Project;
import io.imaas.model.tenancy.ServiceSettings.Tests;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a service repository's {@code imaas.yaml}. */
public final class ServiceFile {
    /** The file's name, at the top of the repository. */
    public static final String NAME = "imaas.yaml";

    private static final SchemaCheck SCHEMA = SchemaCheck.named("service");

    private final Predicate<String> exists;
    private final Findings findings = new Findings();

    private ServiceFile(Predicate<String> exists) {
        this.exists = exists;
    }

    /** Reads the text alone, and takes for granted that the paths in it exist. */
    public static Read<ServiceSettings> read(String file, String text) {
        return read(file, text, path -> true);
    }

    /** @param exists whether the repository has a file or folder of that path */
    public static Read<ServiceSettings> read(String file, String text, Predicate<String> exists) {
        ServiceFile reader = new ServiceFile(exists);
        return reader.findings.result(SCHEMA.read(file, text, reader.findings).map(reader::settings));
    }

    private ServiceSettings settings(Section root) {
        Section tests = root.section("tests");
        return new ServiceSettings(
                root.choice("builder", BuilderChoice.AUTO),
                new Tests(
                        tests.choice("policy", NoTests.IGNORE),
                        tests.list("servers", "bad-address", ServiceFile::address),
                        tests.value("timeout", "bad-time", ServiceFile::positive, Tests.DEFAULT_TIMEOUT)),
                lint(root.section("lint").section("rules")),
                image(root.section("image")),
                groups(root),
                root.has("migration") ? migration(root, root.section("migration")) : null,
                NotificationFields.read(root));
    }

    private static LintLevels lint(Section rules) {
        Map<String, LintLevels.Level> levels = new HashMap<>();
        rules.texts().forEach((id, word) -> Section.choice(LintLevels.Level.class, word)
                .ifPresent(level -> levels.put(id, level)));
        return new LintLevels(levels);
    }

    private ImageSettings image(Section image) {
        if (image.has("base") && image.has("dockerfile")) {
            findings.refine(
                    "base-or-dockerfile",
                    image.at("base"),
                    "'base' has no effect together with 'dockerfile', whose FROM line names the base image",
                    "keep one of the two");
        }
        return new ImageSettings(
                image.value("base", "bad-image", ImageRef::parse)
                        .map(base -> base.value().toString())
                        .orElse(""),
                image.value("dockerfile", "bad-path", this::existing, ""),
                image.section("labels").texts());
    }

    private MigrationSettings migration(Section root, Section migration) {
        if (root.has("groups")) {
            findings.refine(
                    "migration-or-groups",
                    root.at("migration"),
                    "'migration' and 'groups' exclude each other: each database is one service's",
                    "give the service that has the database a repository of its own");
        }
        return new MigrationSettings(
                migration.choice("tool", MigrationTool.FLYWAY),
                migration
                        .value("image", "bad-image", ImageRef::parse)
                        .map(image -> image.value().toString())
                        .orElse(""),
                migration.value("scripts", "bad-path", this::existing, "db/migration"),
                migration.text("secret").orElse(""));
    }

    private List<List<Project>> groups(Section root) {
        if (!root.has("groups")) {
            String path = root.value("path", "bad-path", this::existing, ".");
            return List.of(List.of(new Project(null, path)));
        }
        if (root.has("path")) {
            findings.refine(
                    "path-or-groups",
                    root.at("path"),
                    "'path' and 'groups' exclude each other: groups give each service's path",
                    "keep one of the two");
        }
        Map<Object, Integer> seen = new HashMap<>();
        List<List<Project>> groups = new ArrayList<>();
        for (List<Section> group : root.sectionLists("groups")) {
            List<Project> projects = new ArrayList<>();
            for (Section section : group) {
                project(section, seen).ifPresent(projects::add);
            }
            groups.add(projects);
        }
        return groups;
    }

    private Optional<Project> project(Section section, Map<Object, Integer> seen) {
        Optional<Located<ServiceName>> service = section.value("service", "bad-name", ServiceName::new);
        Optional<Located<String>> path = section.value("path", "bad-path", this::existing);
        service.ifPresent(name -> findings.isNew(seen, name.value(), name.where(), "duplicate-project", "the service"));
        path.ifPresent(folder -> findings.isNew(seen, folder.value(), folder.where(), "duplicate-project", "the path"));
        return service.flatMap(name -> path.map(folder -> new Project(name.value(), folder.value())));
    }

    /** A path in the repository, without detours. */
    private String existing(String text) {
        String path = text.replaceFirst("^\\./+", "").replaceFirst("/+$", "");
        if (text.startsWith("/") || text.contains("\\") || text.matches("[A-Za-z]:.*")) {
            throw FailureException.input(
                    "'" + text + "' is not a path in this repository", "write it from the repository's top, with '/'");
        }
        if (List.of(path.split("/")).contains("..")) {
            throw FailureException.input("'" + text + "' leads out of the repository", "remove the '..'");
        }
        if (!exists.test(path)) {
            throw FailureException.input("there is no '" + path + "' here", "fix the path, or add what is missing");
        }
        return path;
    }

    private static Duration positive(String text) {
        Duration span = Times.span(text);
        if (span.isZero()) {
            throw FailureException.input("the time limit is zero", "write 60s, or leave the line out");
        }
        return span;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw FailureException.input("'" + port + "' is not a port", "ports go from 1 to 65535");
        }
        return InetSocketAddress.createUnresolved(text.substring(0, colon).replaceAll("[\\[\\]]", ""), port);
    }
}
