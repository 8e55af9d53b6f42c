package io.imaas.dev.local;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** {@code <namespace>/<kind>.<group and version>/<name>.yaml}; objects without a namespace are in {@code _cluster}. */
record ObjectFiles(Path root) {
    /** An object's identity; every part is checked, because it becomes part of a path. */
    record Key(String apiVersion, String kind, String namespace, String name) {
        /** What Kubernetes allows in names of any kind, and no path can be made of. */
        private static final Pattern PART = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9:_.-]*[A-Za-z0-9])?");

        private static final Pattern VERSION = Pattern.compile("([a-z0-9.-]+/)?v[0-9][a-z0-9]*");

        Key {
            boolean valid = VERSION.matcher(apiVersion).matches()
                    && PART.matcher(kind).matches()
                    && (namespace.isEmpty() || PART.matcher(namespace).matches())
                    && PART.matcher(name).matches();
            if (!valid) {
                throw FailureException.input(
                        "no such object can be: " + apiVersion + " " + kind + " " + namespace + "/" + name,
                        "names are letters, digits, hyphens and dots");
            }
        }

        String shown() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }

        Path folder(Path root) {
            return root.resolve(namespace.isEmpty() ? "_cluster" : namespace)
                    .resolve(kind + "." + apiVersion.replace('/', '_'));
        }

        Path file(Path root) {
            return folder(root).resolve(name + ".yaml");
        }
    }

    Optional<StoredObject> read(Key key) {
        try {
            return Optional.of(StoredObject.read(Files.readString(key.file(root))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** All objects of a kind in a namespace, by name. */
    List<StoredObject> readAll(String apiVersion, String kind, String namespace) {
        Path folder = new Key(apiVersion, kind, namespace, "any").folder(root);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<StoredObject> objects = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                objects.add(StoredObject.read(Files.readString(file)));
            }
            return objects;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void write(Key key, StoredObject object) {
        try {
            AtomicFile.write(key.file(root), object.manifest().yaml());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void remove(Key key) {
        try {
            Files.deleteIfExists(key.file(root));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void removeNamespace(String namespace) {
        try {
            FileUtils.deleteDirectory(root.resolve(new Key("v1", "Namespace", "", namespace).name())
                    .toFile());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void check() {
        try {
            AtomicFile.write(root.resolve(".check"), "");
            Files.delete(root.resolve(".check"));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private FailureException unusable(IOException e) {
        return FailureException.external(
                "the local cluster's folder cannot be used: " + Reason.of(e),
                root.toString(),
                "is there space, and may we write there?",
                e);
    }
}
