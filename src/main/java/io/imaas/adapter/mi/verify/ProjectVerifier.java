package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.mi.synapse.LanguageCheck;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarVerifier;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds what WSO2's build passes over. All problems are told at once: an error is what the runtime will stumble over, a
 * warning what somebody should look at, an information what must come from elsewhere.
 */
public final class ProjectVerifier implements CarVerifier {
    @Override
    public List<Problem> lint(MiProject project) {
        Findings findings = new Findings();
        sources(project, findings);
        return findings.sorted();
    }

    @Override
    public List<Problem> verify(MiProject project, CarFile car) {
        Findings findings = new Findings();
        Checked checked = sources(project, findings);
        Path path = Path.of(car.path());
        new CarCheck(
                        checked.sources(),
                        CarArchive.read(path),
                        path.getFileName().toString())
                .run(checked.registry().resources());
        return findings.sorted();
    }

    private record Checked(ProjectSources sources, RegistryCheck registry) {}

    private static Checked sources(MiProject project, Findings findings) {
        ProjectSources sources = new ProjectSources(project, ProjectTree.of(Path.of(project.folder())), findings);
        new ArtifactReader(sources).readAll();
        Unpacked unpacked = sources.studio() ? new CompositeCheck(sources).run() : Unpacked.NONE;
        LanguageCheck language = new LanguageCheck(sources.language());
        sources.artifacts().stream()
                .filter(artifact -> artifact.kind().isSynapse())
                .forEach(artifact -> language.of(sources.elements(artifact)).forEach(findings::add));
        DuplicateCheck.run(sources);
        RegistryCheck registry = new RegistryCheck(sources);
        registry.run();
        new ReferenceCheck(sources, new RegistryKeys(sources), unpacked).run();
        new ConfigKeyCheck(sources).run();
        new SecretCheck(sources).run();
        new SuiteCheck(sources).run();
        return new Checked(sources, registry);
    }
}
