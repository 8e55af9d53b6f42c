package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.synapse.Finding;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the artifacts' files: each well-formed, of the root element its folder calls for, and with a name that fits. */
record ArtifactReader(ProjectSources sources) {
    /** A name becomes a folder of the CAR. */
    private static final Pattern UNFIT = Pattern.compile("[/\\\\:*?\"<>|\\p{Cntrl}]|^\\.+$|^\\s|\\s$");

    void readAll() {
        if (sources.studio()) {
            sources.project().artifacts().forEach(artifact -> ArtifactKind.ofType(artifact.type())
                    .filter(kind -> sources.tree().has(artifact.file()))
                    .ifPresent(kind -> read(kind, artifact.file())));
        } else {
            sources.tree().below(ProjectSources.ARTIFACTS).forEach(this::readVsCodeFile);
            // Maven may bring connectors and other CARs, and what is linked is told as such.
            if (sources.project().needsMaven().isEmpty()
                    && sources.tree().linkedFolders(sources.project().layout()).isEmpty()
                    && sources.tree().below("src/main").stream().allMatch(file -> file.endsWith("/.gitkeep"))) {
                sources.error(
                        "empty-car",
                        Location.of("pom.xml"),
                        "the project has no artifact and no resource, so its CAR is empty",
                        "add an artifact below " + ProjectSources.ARTIFACTS);
            }
        }
    }

    private void readVsCodeFile(String file) {
        String[] parts = file.substring(ProjectSources.ARTIFACTS.length() + 1).split("/");
        Optional<ArtifactKind> kind = ArtifactKind.ofFolder(parts[0]);
        if (kind.isEmpty()) {
            String place = parts.length == 1 ? "this place" : "a folder '" + parts[0] + "'";
            String fix = "move it to the folder of its kind, such as " + ProjectSources.ARTIFACTS + "/sequences";
            notPacked(file, "the build packs nothing from " + place, fix);
        } else if (parts.length > 2) {
            String folder = ProjectSources.ARTIFACTS + "/" + parts[0];
            notPacked(file, "the build packs only files directly in " + folder, "move the file up");
        } else if (!file.endsWith(".xml") && !file.endsWith(".dbs") && !looksLikeXml(file)) {
            notPacked(file, "this is not an artifact, so the build leaves it out", "move it elsewhere");
        } else {
            read(kind.get(), file);
        }
    }

    private void notPacked(String file, String what, String fix) {
        sources.warning("not-packed", Location.of(file), what, fix);
    }

    /** The build takes a file of any ending that holds XML. */
    private boolean looksLikeXml(String file) {
        return new String(sources.tree().read(file), StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("<");
    }

    private void read(ArtifactKind kind, String file) {
        Optional<XmlDocument> read = sources.xml(file);
        if (read.isEmpty()) {
            String name = XmlParser.rootOf(sources.tree().read(file), file)
                    .map(root -> root.attribute(kind.nameAttribute()))
                    .filter(written -> !written.isBlank())
                    .orElse(baseName(file));
            sources.unreadable().computeIfAbsent(kind, k -> new HashSet<>()).add(name);
        }
        read.ifPresent(document -> {
            XmlElement root = document.root();
            if (!root.name().equals(kind.root())) {
                sources.error(
                        "wrong-root",
                        root.location(),
                        "the root element is <" + root.name() + ">, this folder calls for <" + kind.root() + ">",
                        "move the file to the folder of its kind");
                return;
            }
            namespace(kind, root);
            sources.artifacts()
                    .add(new SourceArtifact(
                            kind,
                            name(kind, root, file),
                            root.attribute("version"),
                            file,
                            sources.tree().resolve(file),
                            root));
        });
    }

    /** Synapse reads an inbound endpoint's own attributes in any namespace, but its parameters in one only. */
    private void namespace(ArtifactKind kind, XmlElement root) {
        Stream<XmlElement> read = kind == ArtifactKind.INBOUND_ENDPOINT
                ? root.children("parameters").stream()
                        .flatMap(p -> Stream.concat(Stream.of(p), p.children("parameter").stream()))
                : kind.isSynapse() ? Stream.of(root) : Stream.empty();
        read.filter(element -> !element.namespace().equals(ArtifactKind.SYNAPSE))
                .forEach(element -> sources.findings()
                        .add(new Finding(
                                Problem.warning(
                                        "wrong-namespace",
                                        element.location(),
                                        "<" + element.name() + "> is not in Synapse's namespace, so it is not read",
                                        "write xmlns=\"" + ArtifactKind.SYNAPSE + "\" on it"),
                                element.namespace().isEmpty()
                                        ? element.with("xmlns", ArtifactKind.SYNAPSE)
                                        : List.of())));
    }

    /** Its name; the file's where it has none, so that the rest is checked all the same. */
    private String name(ArtifactKind kind, XmlElement root, String file) {
        if (kind == ArtifactKind.DATA_SOURCE) {
            return baseName(file);
        }
        String name = root.attribute(kind.nameAttribute());
        if (name.isBlank()) {
            sources.error(
                    "no-name",
                    root.location(),
                    "the " + kind.words() + " has no " + kind.nameAttribute(),
                    "give <" + root.name() + "> the attribute " + kind.nameAttribute() + "=\"" + baseName(file) + "\"");
            return baseName(file);
        }
        if (UNFIT.matcher(name).find()) {
            sources.error(
                    "unfit-name",
                    root.locationOf(kind.nameAttribute()),
                    "'" + name + "' can't be a file name, so the " + kind.words() + " can't be packed",
                    "use letters, digits, '.', '-' and '_'");
            return baseName(file);
        }
        if (!fits(name, root.attribute("version"), baseName(file))) {
            sources.warning(
                    "name-differs",
                    root.locationOf(kind.nameAttribute()),
                    "the " + kind.words() + " is named '" + name + "', its file '" + baseName(file) + "'",
                    "name both alike");
        }
        return name;
    }

    /** The editor adds a version as {@code _1.0.0}, {@code _v1.0.0}, {@code _v1} or {@code -1.0.0}. */
    private static boolean fits(String name, String version, String base) {
        return base.equals(name)
                || (!version.isEmpty()
                        && (base.equals(name + "_" + version)
                                || base.startsWith(name + "_v")
                                || base.equals(name + "-" + version)));
    }

    private static String baseName(String file) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }
}
