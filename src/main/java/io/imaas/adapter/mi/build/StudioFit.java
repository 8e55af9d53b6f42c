package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.layout.StudioArtifact;
import io.imaas.adapter.mi.layout.StudioComposite;
import io.imaas.adapter.mi.layout.StudioComposite.Packed;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether packing the sources of an Integration Studio project gives the same CAR as its Maven build. */
public final class StudioFit {
    /** They make no artifact, run after packing, or start Maven on what the others made. */
    private static final Set<String> HARMLESS =
            Set.of(StudioLayout.CAR_PLUGIN, "maven-car-deploy-plugin", "maven-eclipse-plugin", "exec-maven-plugin");

    private final StudioLayout layout;
    private final Pom pom;
    private final Map<String, List<StudioArtifact>> declared = new HashMap<>();
    private final Map<Path, Optional<Pom>> modules = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> doubts = new LinkedHashSet<>();

    /**
     * One artifact that the composite takes.
     *
     * @param module the pom of the module that makes it
     */
    record Part(Packed packed, StudioArtifact artifact, StudioKind kind, Pom module) {}

    public StudioFit(StudioLayout layout) {
        this.layout = layout;
        this.pom = new PomReader(layout.root()).read(layout.exporter().resolve("pom.xml"));
        layout.artifacts()
                .forEach(one -> declared.computeIfAbsent(one.id() + ":" + one.version(), id -> new ArrayList<>())
                        .add(one));
        composite();
        new StudioComposite(pom).packed().forEach(this::take);
        parts.stream().map(Part::module).distinct().forEach(this::plugins);
    }

    /** Why only Maven can make the CAR; empty when packing is enough. */
    public List<String> doubts() {
        return List.copyOf(doubts);
    }

    Pom pom() {
        return pom;
    }

    StudioLayout layout() {
        return layout;
    }

    /** In the composite's order. */
    List<Part> parts() {
        return List.copyOf(parts);
    }

    private void composite() {
        doubts.addAll(pom.unsure());
        plugins(pom);
        String type = pom.properties().getOrDefault("CApp.type", pom.packaging());
        if (!type.equals("carbon/application")) {
            doubts.add("its composite is no carbon/application but " + type);
        }
        if ((pom.groupId() + pom.artifactId() + pom.version()).contains("${")) {
            doubts.add("its coordinates come from outside of the pom.xml: " + pom.artifactId() + " " + pom.version());
        }
        Optional<Pom.Plugin> plugin = pom.plugin(StudioLayout.CAR_PLUGIN);
        if (plugin.isEmpty()) {
            doubts.add("its composite's pom.xml does not call " + StudioLayout.CAR_PLUGIN + " by default");
        }
        if (plugin.stream().anyMatch(p -> p.configuration().containsKey("artifacts"))) {
            doubts.add("its composite gives files other names in the CAR");
        }
    }

    private void take(Packed packed) {
        Pom.Dependency wanted = packed.dependency();
        List<StudioArtifact> found = declared.getOrDefault(wanted.coordinates(), List.of());
        if (found.isEmpty()) {
            doubts.add(
                    layout.modules().stream()
                                    .anyMatch(m -> StudioLayout.provided(m).contains(StudioLayout.id(wanted)))
                            ? "Maven must compile or make " + wanted.coordinates()
                            : wanted.coordinates() + " comes from a Maven repository");
            return;
        }
        StudioArtifact artifact = found.get(0);
        Optional<StudioKind> kind = StudioKind.of(artifact.type());
        if (found.size() > 1 || kind.isEmpty() || !kind.get().extension().equals(wanted.type())) {
            doubts.add(
                    found.size() > 1
                            ? wanted.coordinates() + " is in the artifact.xml of two modules"
                            : "it packs " + wanted.coordinates() + " of type " + artifact.type() + " as "
                                    + wanted.type());
            return;
        }
        pom(artifact.module())
                .ifPresentOrElse(
                        module -> made(new Part(packed, artifact, kind.get(), module)),
                        () -> doubts.add("there is no pom.xml in " + layout.shown(artifact.module())));
    }

    /** A module makes what its list has only where its pom calls the plugin for that kind. */
    private void made(Part part) {
        Path module = part.artifact().module();
        Optional<Pom.Plugin> plugin = part.module().plugin(part.kind().plugin());
        boolean makes = plugin.stream()
                .flatMap(p -> p.executions().stream())
                .anyMatch(e -> e.goals().contains("pom-gen") && !e.phase().equals("none"));
        Map<String, String> settings = plugin.map(Pom.Plugin::configuration).orElse(Map.of());
        String group = settings.getOrDefault("groupId", part.module().groupId()) + "."
                + part.kind().group();
        boolean here = module.resolve(settings.getOrDefault("artifactLocation", "."))
                .normalize()
                .equals(module);
        if (!makes || !here || !group.equals(part.artifact().groupId())) {
            doubts.add(layout.shown(module) + "/pom.xml does not make "
                    + part.packed().dependency().coordinates() + " by "
                    + part.kind().plugin());
            return;
        }
        parts.add(part);
        doubts.addAll(part.module().unsure());
    }

    private void plugins(Pom one) {
        for (Pom.Plugin plugin : one.plugins()) {
            boolean runs = plugin.executions().stream().anyMatch(e -> !e.phase().equals("none"));
            boolean known = HARMLESS.contains(plugin.artifactId())
                    || NativeFit.HARMLESS.contains(plugin.artifactId())
                    || StudioKind.isMadeBy(plugin.artifactId());
            if (runs && !known) {
                doubts.add("the pom.xml of " + one.artifactId() + " runs " + plugin.artifactId()
                        + ", which may change what is packed");
            }
        }
    }

    private Optional<Pom> pom(Path module) {
        return modules.computeIfAbsent(module, folder -> Optional.of(folder.resolve("pom.xml"))
                .filter(Files::isRegularFile)
                .map(new PomReader(layout.root())::read));
    }
}
