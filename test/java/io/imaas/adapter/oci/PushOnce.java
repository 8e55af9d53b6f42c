package io.imaas.adapter.oci;

import io.imaas.model.failure.FailureException;
import io.imaas.port.ImageBuilder.Built;
import java.nio.file.Path;

/** One build and push as a process of its own, for a trust store and an environment of its own. */
final class PushOnce {
    private PushOnce() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        RegistryCredentials credentials = RegistryCredentials.of(System.getenv());
        try {
            Built built = new JibImageBuilder(folder.resolve("cache"), credentials)
                    .build(
                            new MiProjectFolder(folder.resolve("project")).recipe(args[1], "", "1"),
                            System.out::println);
            boolean there = new HttpImageRegistry(credentials)
                    .resolve(built.image().repository(), "1")
                    .isPresent();
            System.out.println("pushed " + built.image() + " " + there);
        } catch (FailureException e) {
            System.out.println(e.failure().kind() + " " + e.getMessage());
        }
    }
}
