package io.imaas.app;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import java.nio.file.Path;
import java.util.Map;

/** A process of its own that releases once, to be killed in the middle. */
final class ReleaseProcess {
    private ReleaseProcess() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        try (GitRepositories repositories = new GitRepositories(
                        GitSettings.of(folder.resolve("other-cache"), GitAccess.anonymous(), Assembly.systemClock()));
                Assembly assembly = new Assembly(folder.resolve("other-work"), Assembly.systemClock(), Map.of())) {
            assembly.git(repositories::at).charts().key(folder.resolve("key"));
            var catalog = UnfinishedChangeTest.catalog(folder, "");
            Imaas imaas = Imaas.on(assembly.ports().build(), catalog).committing();
            imaas.run(
                    imaas.plan(
                            catalog.tenants().get(0),
                            UnfinishedChangeTest.release(arguments[1].charAt(0)),
                            Actor.unverified("@ann")),
                    event -> {});
        }
    }
}
