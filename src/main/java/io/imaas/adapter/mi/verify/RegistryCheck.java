package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.RegistryPaths;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import io.imaas.model.source.MiProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Registry resources: what {@code artifact.xml} declares exists, and what exists is declared. */
final class RegistryCheck {
    private static final List<String> DECLARATIONS =
            List.of(ProjectSources.RESOURCES + "/artifact.xml", ProjectSources.RESOURCES + "/registry/artifact.xml");

    private final ProjectSources sources;
    private final List<RegistryResource> resources = new ArrayList<>();

    RegistryCheck(ProjectSources sources) {
        this.sources = sources;
    }

    /** What is declared and there. */
    List<RegistryResource> resources() {
        return resources;
    }

    void run() {
        for (String declaration : DECLARATIONS) {
            if (sources.tree().has(declaration)) {
                sources.xml(declaration).map(XmlDocument::root).ifPresent(root -> declared(root, declaration));
            }
        }
        undeclared();
    }

    private void declared(XmlElement root, String declaration) {
        String base = declaration.substring(0, declaration.lastIndexOf('/'));
        Map<String, String> names = new HashMap<>();
        for (XmlElement artifact : root.children("artifact")) {
            String name = artifact.attribute("name");
            if (name.isBlank()) {
                sources.error("no-name", artifact.location(), "the registry resource has no name", "add name=\"…\"");
                continue;
            }
            String declared = declared(artifact);
            String other = names.putIfAbsent(name, declared);
            Location place = artifact.locationOf("name");
            String twice = "the registry resource '" + name + "' is declared twice";
            if (declared.equals(other)) {
                sources.warning("duplicate-name", place, twice, "remove one");
            } else if (other != null) {
                sources.error("duplicate-name", place, twice + ", in two ways", "remove one or rename it");
            }
            item(artifact, "item", "file", base).ifPresent(resources::add);
            item(artifact, "collection", "directory", base).ifPresent(resources::add);
        }
    }

    /** All that the declaration says. */
    private static String declared(XmlElement artifact) {
        StringBuilder all = new StringBuilder(artifact.attribute("version"));
        artifact.walk(element -> all.append('\n')
                .append(element.name())
                .append(' ')
                .append(element.text().strip()));
        return all.toString();
    }

    private Optional<RegistryResource> item(XmlElement artifact, String element, String nameElement, String base) {
        Optional<XmlElement> item = artifact.child(element);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        boolean collection = element.equals("collection");
        String name = item.get().childText(nameElement);
        String path = item.get().childText("path");
        String place = base + "/" + RegistryPaths.below(path, true).orElse(path) + (collection ? "" : "/" + name);
        String file = place.replaceAll("/{2,}", "/");
        boolean there = collection
                ? !sources.tree().below(file).isEmpty()
                : sources.tree().has(file);
        boolean made = !collection && isMade(sources.project(), file);
        if (there || made) {
            return Optional.of(new RegistryResource(artifact.attribute("name"), collection, made, name, file));
        }
        sources.error(
                "missing-resource",
                item.get().child(nameElement).orElse(artifact).location(),
                "the registry resource '" + artifact.attribute("name") + "' has no "
                        + (collection ? "folder " : "file ") + file,
                "add it or remove its declaration; the build would leave it out without failing");
        return Optional.empty();
    }

    /** A data mapper's files are made from TypeScript by the build, which replaces those that are there. */
    static boolean isMade(MiProject project, String file) {
        return project.dataMappers().stream()
                .filter(mapper -> mapper.endsWith(".ts"))
                .map(mapper -> mapper.substring(0, mapper.length() - ".ts".length()))
                .anyMatch(mapper -> file.startsWith(mapper)
                        && VsCodeLayout.MADE_OF_DATA_MAPPERS.contains(file.substring(mapper.length())));
    }

    private void undeclared() {
        Set<String> declared = resources.stream().map(RegistryResource::file).collect(Collectors.toSet());
        for (String file : sources.tree().below(ProjectSources.RESOURCES + "/registry")) {
            boolean content = file.contains("/registry/gov/") || file.contains("/registry/conf/");
            if (content && !Folders.covers(declared, file) && !file.contains("/datamapper/")) {
                sources.warning(
                        "undeclared-resource",
                        Location.of(file),
                        "no artifact.xml declares this registry resource, so it will not be packed",
                        "declare it in " + DECLARATIONS.get(1));
            }
        }
    }

    /**
     * @param made whether the build makes it, so that what is in the sources says nothing
     * @param content name of the file or folder in the CAR's {@code resources}
     * @param file its path below the project's folder
     */
    record RegistryResource(String name, boolean collection, boolean made, String content, String file) {}
}
