package io.imaas.adapter.mi.pom;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Maven's local repository: what it holds already. Nothing is fetched.
 *
 * @param root its folder; null where none is known, so that it holds nothing
 */
public record LocalRepository(Path root) {
    public static final LocalRepository EMPTY = new LocalRepository(null);

    /** The file of a dependency, when it is there. */
    public Optional<Path> file(Pom.Dependency one) {
        return Optional.ofNullable(root).map(r -> place(one, one.type())).filter(Files::isRegularFile);
    }

    /** @throws FailureException INPUT when it is not there */
    public Path require(Pom.Dependency one) {
        return file(one)
                .orElseThrow(() -> FailureException.input(
                        one.coordinates() + " is not in Maven's local repository", String.valueOf(root), get(one)));
    }

    /** The command that fetches it, to be run in the project's folder: the pom there names the repositories. */
    public String get(Pom.Dependency one) {
        return "mvn dependency:get -Dtransitive=false -Dartifact=" + one.coordinates() + ":" + one.type()
                + " -Dmaven.repo.local=" + root;
    }

    /** The same for all that the pom names. */
    public String getAll() {
        return "mvn dependency:resolve -Dmaven.repo.local=" + root;
    }

    /** Connectors and CARs that the dependency's own pom asks for, which Maven would bring, too. */
    public List<Pom.Dependency> brings(Pom.Dependency one) {
        Path pom = root == null ? null : place(one, "pom");
        return pom == null || !Files.isRegularFile(pom)
                ? List.of()
                : XmlParser.readIfWellFormed(Folders.bytes(pom), pom.toString())
                        .flatMap(project -> project.child("dependencies"))
                        .stream()
                        .flatMap(all -> all.children("dependency").stream())
                        .map(d -> new Pom.Dependency(
                                d.childText("groupId"),
                                d.childText("artifactId"),
                                d.childText("version"),
                                d.childText("type"),
                                d.childText("scope")))
                        .filter(d -> d.type().equals("zip") || d.type().equals("car"))
                        .toList();
    }

    private Path place(Pom.Dependency one, String ending) {
        return root.resolve(one.groupId().replace('.', '/'))
                .resolve(one.artifactId())
                .resolve(one.version())
                .resolve(one.artifactId() + "-" + one.version() + "." + ending);
    }
}
