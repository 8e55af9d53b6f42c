package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.mi.synapse.Finding;
import io.imaas.adapter.mi.synapse.LanguageCheck;
import io.imaas.adapter.xml.TextEdit;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiRuntime;
import io.imaas.port.CarVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds what WSO2's build passes over. All problems are told at once: an error is what the runtime will stumble over, a
 * warning what somebody should look at, an information what must come from elsewhere.
 */
public final class ProjectVerifier implements CarVerifier {
    @Override
    public List<Problem> lint(MiProject project) {
        return checked(project).left().sorted();
    }

    @Override
    public List<Problem> verify(MiProject project, CarFile car) {
        Checked checked = checked(project);
        Path path = Path.of(car.path());
        new CarCheck(checked.sources(), new CarArchive(path), path)
                .run(checked.registry().resources());
        return checked.left().sorted();
    }

    @Override
    public List<Problem> fix(MiProject project, Predicate<Problem> wanted) {
        Checked checked = checked(project);
        Map<String, List<TextEdit>> byFile = new TreeMap<>();
        Findings fixed = new Findings();
        for (Finding finding : checked.left().all()) {
            if (!finding.fix().isEmpty() && wanted.test(finding.problem())) {
                finding.fix().forEach(edit -> byFile.computeIfAbsent(edit.file(), f -> new ArrayList<>())
                        .add(edit));
                fixed.add(finding);
            }
        }
        Set<String> changed = new HashSet<>();
        byFile.forEach((file, edits) -> {
            if (checked.sources().tree().change(file, content -> TextEdit.apply(edits, content))) {
                changed.add(file);
            }
        });
        return fixed.all().stream()
                .filter(finding -> changed.contains(finding.fix().get(0).file()))
                .map(Finding::problem)
                .toList();
    }

    private record Checked(ProjectSources sources, RegistryCheck registry) {
        /** Without what comments in the sources take back. */
        Findings left() {
            Findings left = new Findings();
            new IgnoreComments(sources).of(sources.findings().all()).forEach(left::add);
            return left;
        }
    }

    @Override
    public Map<MiProject, List<Problem>> between(List<MiProject> projects) {
        Map<MiProject, List<Problem>> found = new LinkedHashMap<>();
        DuplicateCheck.between(projects.stream().map(ProjectVerifier::read).toList())
                .forEach((sources, all) -> found.put(
                        sources.project(),
                        new IgnoreComments(sources)
                                .of(all).stream()
                                        .filter(all::contains)
                                        .map(Finding::problem)
                                        .toList()));
        return found;
    }

    private static ProjectSources read(MiProject project) {
        ProjectSources sources = new ProjectSources(project, ProjectTree.of(Path.of(project.folder())), new Findings());
        new ArtifactReader(sources).readAll();
        return sources;
    }

    private static Checked checked(MiProject project) {
        ProjectSources sources = read(project);
        sources.tree().linkedFolders(project.layout()).forEach(link -> sources.findings()
                .add(Finding.of(link)));
        Unpacked unpacked = sources.studio() ? new CompositeCheck(sources).run() : Unpacked.NONE;
        LanguageCheck language = new LanguageCheck(sources.language(), project.runtimeVersion());
        sources.artifacts().stream()
                .filter(artifact -> artifact.kind().isSynapse())
                .forEach(artifact -> language.of(sources.elements(artifact)).stream()
                        .filter(finding -> !toldAsNameless(artifact, finding.problem()))
                        .forEach(sources.findings()::add));
        runtime(sources);
        DuplicateCheck.run(sources);
        RegistryCheck registry = new RegistryCheck(sources);
        registry.run();
        new ReferenceCheck(sources, new RegistryKeys(sources), unpacked).run();
        new DataServiceCheck(sources).run();
        new ConfigKeyCheck(sources).run();
        ConfigTypeCheck.run(sources);
        InboundPortCheck.run(sources);
        ConnectorCheck.run(sources);
        new TemplateCheck(sources).run();
        new SecretCheck(sources).run();
        new SuiteCheck(sources).run();
        MetadataCheck.unused(sources);
        return new Checked(sources, registry);
    }

    /** A version that is none counts as an old one: the build leaves connectors out and no image has it. */
    private static void runtime(ProjectSources sources) {
        MiRuntime.fault(sources.project().runtimeVersion())
                .ifPresent(fault -> sources.error(
                        "invalid-value",
                        sources.xml("pom.xml")
                                .flatMap(pom -> pom.root().child("properties"))
                                .flatMap(all -> all.child("project.runtime.version"))
                                .map(XmlElement::location)
                                .orElse(Location.of("pom.xml")),
                        fault,
                        "write it as 4.4.0"));
    }

    /** That the name is missing was told in plainer words. */
    private static boolean toldAsNameless(SourceArtifact artifact, Problem problem) {
        return artifact.root().attribute(artifact.kind().nameAttribute()).isBlank()
                && problem.rule().endsWith("-attribute")
                && problem.where().line() == artifact.root().location().line()
                && problem.what()
                        .matches(".*<" + artifact.kind().root() + ">.*\\b(name|key)\\b.*|.*\\b(name|key) of <.*");
    }
}
