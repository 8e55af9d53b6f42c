package io.imaas.adapter.oci;

import com.google.cloud.tools.jib.registry.RegistryAliasGroup;
import io.imaas.model.image.ImageRepository;
import java.net.URI;
import java.util.regex.Pattern;

/** Where a registry answers. Loopback addresses are the only ones that plain HTTP is spoken to. */
record RegistryAddress(String registry) {
    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    static RegistryAddress of(ImageRepository repository) {
        return new RegistryAddress(repository.registry());
    }

    boolean isLoopback() {
        return LOOPBACK.matcher(registry).matches();
    }

    URI resolve(String pathAndQuery) {
        return URI.create(
                (isLoopback() ? "http://" : "https://") + RegistryAliasGroup.getHost(registry) + pathAndQuery);
    }

    /** A repository's path as its registry knows it: Docker Hub keeps {@code docker.io/debian} as {@code library/debian}. */
    static String path(ImageRepository repository) {
        boolean official =
                isSame(repository.registry(), DOCKER_HUB) && !repository.path().contains("/");
        return official ? "library/" + repository.path() : repository.path();
    }

    /** Whether two names are of one registry: Docker Hub has several. */
    static boolean isSame(String one, String other) {
        return RegistryAliasGroup.getAliasesGroup(one).contains(other);
    }

    /** Whether a password may be sent there. */
    static boolean isConfidential(URI uri) {
        return "https".equals(uri.getScheme()) || new RegistryAddress(uri.getRawAuthority()).isLoopback();
    }
}
