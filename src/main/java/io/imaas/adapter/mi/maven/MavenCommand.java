package io.imaas.adapter.mi.maven;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How Maven is called. WSO2's plugin starts Maven again from inside and hands no option on; what must hold there too
 * (above all the tenant's own local repository) therefore goes through {@code MAVEN_OPTS}, which the inner one inherits.
 */
record MavenCommand(MiProject project, Options options, MavenOutputs outputs) {
    MavenCommand {
        if (repository(options).chars().anyMatch(Character::isWhitespace)) {
            throw FailureException.input(
                    "the path of the local Maven repository has blanks",
                    repository(options),
                    "Maven's start script cannot hand such a path on: choose another");
        }
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(program());
        arguments.addAll(List.of("-B", "-ntp", "-Dstyle.color=never", "-Dmaven.repo.local=" + repository(options)));
        // Makes the jars of class mediators reproducible where the project's plugins are new enough to listen.
        arguments.add("-Dproject.build.outputTimestamp=1980-02-01T00:00:00Z");
        if (options.offline()) {
            arguments.add("-o");
        }
        arguments.addAll(outputs.goals());
        return arguments;
    }

    private String program() {
        Path wrapper = Path.of(project.folder(), "mvnw");
        return options.projectWrapper() && Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
    }

    private static String repository(Options options) {
        return options.localRepository().toAbsolutePath().normalize().toString();
    }

    /** UTF-8 whatever the machine's locale: the plugin writes names and metadata in the platform's encoding. */
    Map<String, String> environment() {
        String inherited = System.getenv().getOrDefault("MAVEN_OPTS", "");
        String ours = "-Dmaven.repo.local=" + repository(options) + " -Dfile.encoding=UTF-8";
        return Map.of("MAVEN_OPTS", (inherited + " " + ours).strip());
    }
}
