package io.imaas.model.image;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A registry and a path in it, such as {@code registry.example.org:5000/orders/order-api}. The registry is always named:
 * there is no default one.
 */
public record ImageRepository(String registry, String path) implements Serializable {
    private static final Pattern REGISTRY = Pattern.compile("(?=.{1,300}$)"
            + "(localhost|[A-Za-z0-9.-]+\\.[A-Za-z0-9.-]+|[A-Za-z0-9.-]+(?=:)|\\[[0-9a-fA-F:]+])(:\\d{1,5})?");
    /** The OCI distribution specification's {@code <name>}. */
    private static final Pattern PATH = Pattern.compile(
            "(?=.{1,1000}$)" + "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    public ImageRepository {
        if (!REGISTRY.matcher(registry).matches() || !PATH.matcher(path).matches()) {
            throw FailureException.input(
                    "'" + (registry.isEmpty() ? path : registry + "/" + path) + "' is not an image repository",
                    "write registry.example.org[:port]/path, the path in lower case, without tag or digest");
        }
    }

    /** Reads {@code registry/path}. */
    public static ImageRepository parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new ImageRepository("", text);
        }
        return new ImageRepository(text.substring(0, slash), text.substring(slash + 1));
    }

    public ImageRepository child(String name) {
        return new ImageRepository(registry, path + "/" + name);
    }

    /** Whether this is the other repository or lies below it. */
    public boolean isWithin(ImageRepository other) {
        return registry.equals(other.registry) && (path + "/").startsWith(other.path + "/");
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
