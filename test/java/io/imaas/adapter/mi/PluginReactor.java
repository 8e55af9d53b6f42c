package io.imaas.adapter.mi;

import io.imaas.adapter.process.LocalProcesses;
import io.imaas.port.Processes.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds many projects with WSO2's real plugin in one Maven run.
 *
 * <p>The plugin starts Maven twice for every project, only to copy its dependencies. Nothing that it copies
 * gets into the CARs of the projects here, so a {@code mvnw} that does nothing, which the plugin prefers to Maven, saves
 * minutes and changes nothing. Projects whose connectors it looks into are built one by one as their users do.
 */
public final class PluginReactor {
    private final Path root;
    private final List<String> log = new ArrayList<>();

    private PluginReactor(Path root) {
        this.root = root;
    }

    public static PluginReactor build(Path root, List<String> modules) {
        PluginReactor reactor = new PluginReactor(root);
        try {
            Files.writeString(root.resolve("pom.xml"), aggregator(modules));
            for (String module : modules) {
                reactor.idleWrappers(root.resolve(module));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reactor.run();
        return reactor;
    }

    private static String aggregator(List<String> modules) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>all</groupId><artifactId>all</artifactId>"
                + "<version>1</version><packaging>pom</packaging><modules>"
                + modules.stream().map(m -> "<module>" + m + "</module>").collect(Collectors.joining())
                + "</modules></project>";
    }

    /** The projects within a project, too: beside each of them the plugin looks for one. */
    private void idleWrappers(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module)) {
            for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
                Path wrapper = Files.writeString(pom.resolveSibling("mvnw"), "#!/bin/sh\nexit 0\n");
                Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private void run() {
        String options = "-Dfile.encoding=UTF-8 -Dsun.jnu.encoding=UTF-8 -XX:TieredStopAtLevel=1 -Dmaven.repo.local="
                + Fixtures.localRepository();
        int exit = new LocalProcesses()
                .run(
                        new Command(
                                List.of("mvn", "-B", "-ntp", "-Dstyle.color=never", "compile"),
                                root,
                                Map.of("MAVEN_OPTS", options, "LC_ALL", "C.UTF-8"),
                                Duration.ofMinutes(30)),
                        log::add);
        if (exit != 0) {
            throw new AssertionError("Maven ended with " + exit + "\n" + String.join("\n", log));
        }
    }

    public List<String> log() {
        return log;
    }
}
