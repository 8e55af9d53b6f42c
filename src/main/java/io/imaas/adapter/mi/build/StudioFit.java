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
import java.util.HashSet;
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
    private final Map<String, Path> copiers = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final Set<Path> reactor;
    private final Set<String> provided = new HashSet<>();
    private final Set<String> doubts = new LinkedHashSet<>();

    /**
     * One artifact that the composite takes.
     *
     * @param module the pom of the module that makes it
     * @param filtered whether the module's properties are put into its file
     */
    record Part(Packed packed, StudioArtifact artifact, StudioKind kind, Pom module, boolean filtered) {}

    public StudioFit(StudioLayout layout) {
        this.layout = layout;
        this.reactor = layout.reactor();
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
                    provided().contains(StudioLayout.id(wanted))
                            ? "Maven must compile or make " + wanted.coordinates()
                            : wanted.coordinates() + " comes from a Maven repository");
            return;
        }
        StudioArtifact artifact = found.get(0);
        if (!reactor.isEmpty() && !reactor.contains(artifact.module())) {
            doubts.add(wanted.coordinates() + " comes from a Maven repository: no pom.xml above the composite names "
                    + layout.shown(artifact.module()) + " as a module");
            return;
        }
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
                        module -> made(new Part(packed, artifact, kind.get(), module, artifact.isFiltered())),
                        () -> doubts.add("there is no pom.xml in " + layout.shown(artifact.module())));
    }

    /** A module makes what its list has where its pom calls the plugin for that kind, or a module below it does so. */
    private void made(Part part) {
        boolean generated = generates(part);
        Optional<Pom> copier = generated ? Optional.empty() : copier(part);
        if (!generated && copier.isEmpty()) {
            doubts.add(layout.shown(part.artifact().module()) + "/pom.xml does not make "
                    + part.packed().dependency().coordinates() + " by "
                    + part.kind().plugin());
            return;
        }
        parts.add(new Part(part.packed(), part.artifact(), part.kind(), part.module(), part.filtered() && generated));
        doubts.addAll(part.module().unsure());
        copier.ifPresent(one -> {
            doubts.addAll(one.unsure());
            plugins(one);
        });
    }

    private boolean generates(Part part) {
        Path module = part.artifact().module();
        Optional<Pom.Plugin> plugin = part.module().plugin(part.kind().plugin());
        Map<String, String> settings = plugin.map(Pom.Plugin::configuration).orElse(Map.of());
        String group = settings.getOrDefault("groupId", part.module().groupId()) + "."
                + part.kind().group();
        return runs(plugin, "pom-gen")
                && isHere(settings, module)
                && group.equals(part.artifact().groupId());
    }

    /**
     * Newer versions of Integration Studio give each artifact a module of its own, which copies its file as it is; only
     * those of registry resources are filled, by a goal of the module above.
     */
    private Optional<Pom> copier(Part part) {
        if (copiers.isEmpty()) {
            layout.modules().forEach(module -> pom(module)
                    .ifPresent(
                            one -> copiers.put(one.groupId() + ":" + one.artifactId() + ":" + one.version(), module)));
        }
        Path folder = copiers.get(part.packed().dependency().coordinates());
        if (folder == null || !folder.startsWith(part.artifact().module())) {
            return Optional.empty();
        }
        boolean registry = part.kind() == StudioKind.REGISTRY_RESOURCE;
        Optional<Pom.Plugin> filler = part.module().plugin(part.kind().plugin());
        if (registry
                && !(runs(filler, "copy-registry-dependencies")
                        && isHere(filler.get().configuration(), part.artifact().module()))) {
            return Optional.empty();
        }
        Path copied =
                registry ? folder.resolve("registry-info.xml") : part.artifact().file();
        String name = copied.getFileName().toString();
        boolean named = registry
                || part.kind() == StudioKind.CONNECTOR
                || name.substring(0, Math.max(0, name.lastIndexOf('.')))
                        .equals(part.artifact().name());
        return pom(folder)
                .filter(one -> named && one.packaging().equals(part.kind().type()))
                .filter(one -> one.plugin(part.kind().copier()).map(Pom.Plugin::configuration).stream()
                        .filter(settings -> !settings.containsKey("fileName") && !settings.containsKey("extension"))
                        .map(settings -> folder.resolve(settings.getOrDefault("artifact", ""))
                                .normalize())
                        .anyMatch(copied::equals));
    }

    private static boolean runs(Optional<Pom.Plugin> plugin, String goal) {
        return plugin.stream()
                .flatMap(p -> p.executions().stream())
                .anyMatch(e -> e.goals().contains(goal) && !e.phase().equals("none"));
    }

    private static boolean isHere(Map<String, String> settings, Path module) {
        return module.resolve(settings.getOrDefault("artifactLocation", "."))
                .normalize()
                .equals(module);
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

    private Set<String> provided() {
        if (provided.isEmpty()) {
            layout.modules().forEach(module -> provided.addAll(StudioLayout.provided(module)));
        }
        return provided;
    }

    private Optional<Pom> pom(Path module) {
        return modules.computeIfAbsent(module, folder -> Optional.of(folder.resolve("pom.xml"))
                .filter(Files::isRegularFile)
                .map(new PomReader(layout.root())::read));
    }
}
