package io.imaas.adapter.oci;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.port.ImageBuilder.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The layers over the base image, from what changes least to what changes most: libraries, keystores, configuration,
 * and each CAR: connectors, CARs that the project depends on, its own. An edit of the project sends its own and no other.
 *
 * <p>The paths are those of the project template's Dockerfile (wso2/mi-vscode). Files and folders belong to MI's user:
 * Jib would otherwise make the folders above a file root's, and MI writes into some of them.
 *
 * @param home MI's folder in the image
 * @param owner {@code uid:gid}
 */
record MiLayers(StagedInputs inputs, String home, String owner) {
    /** UID and GID in the current Helm chart and Dockerfiles of MI. */
    static final String OWNER = "10802:10802";

    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions FOLDER = FilePermissions.fromOctalString("755");

    List<FileEntriesLayer> of(Recipe recipe) {
        for (Path car : recipe.cars()) {
            if (!Files.isRegularFile(car)) {
                throw FailureException.input("there is no CAR", car.toString(), "imaas build DIR");
            }
        }
        Path deployment = recipe.project().resolve("deployment");
        try {
            List<FileEntriesLayer> layers = new ArrayList<>();
            List<Path> libraries = new ArrayList<>(files(deployment.resolve("libs"), ".jar"));
            libraries.addAll(recipe.libraries());
            add(layers, "libs", libraries, "lib");
            add(
                    layers,
                    "keystores",
                    files(deployment.resolve("docker").resolve("resources"), ".jks"),
                    "repository/resources/security");
            add(layers, "configuration", existing(deployment.resolve("deployment.toml")), "conf");
            for (Path car : recipe.cars()) {
                add(layers, "car", List.of(car), "repository/deployment/server/carbonapps");
            }
            return layers;
        } catch (IOException e) {
            throw FailureException.external(
                    "the image's files can't be read: " + Reason.of(e),
                    recipe.project().toString(),
                    "check their permissions and the room on the disk",
                    e);
        }
    }

    private void add(List<FileEntriesLayer> layers, String name, List<Path> files, String folder) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        String target = home + "/" + folder;
        for (String parent : parents(target)) {
            layer.addEntry(entry(inputs.folder(), parent, FOLDER));
        }
        for (Path file : files) {
            layer.addEntry(entry(inputs.stage(file), target + "/" + file.getFileName(), FILE));
        }
        layers.add(layer.build());
    }

    private FileEntry entry(Path source, String target, FilePermissions permissions) {
        return new FileEntry(
                source, AbsoluteUnixPath.get(target), permissions, FileEntriesLayer.DEFAULT_MODIFICATION_TIME, owner);
    }

    /** From MI's folder and from the user's home down; {@code /home} itself stays root's. */
    private List<String> parents(String folder) {
        List<String> parents = new ArrayList<>();
        for (int slash = folder.indexOf('/', 1); slash > 0; slash = folder.indexOf('/', slash + 1)) {
            String parent = folder.substring(0, slash);
            if (parent.startsWith(home) || parent.startsWith("/home/")) {
                parents.add(parent);
            }
        }
        parents.add(folder);
        return parents;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return List.copyOf(files.filter(f -> f.toString().endsWith(suffix) && Files.isRegularFile(f))
                    .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
        }
    }

    private static List<Path> existing(Path file) {
        return Files.isRegularFile(file) ? List.of(file) : List.of();
    }
}
