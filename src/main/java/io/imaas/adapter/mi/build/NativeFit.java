package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.LocalRepository;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether packing the sources gives the same CAR as the project's Maven build. Every doubt counts: a build by Maven is
 * slow, a CAR that lacks something is worse.
 *
 * @param dataMappers what Maven made of them
 * @param fetched what is packed without being in the project's own folders
 */
public record NativeFit(
        VsCodeLayout layout,
        Pom pom,
        List<String> mediators,
        MadeDataMappers dataMappers,
        LocalRepository repository,
        FetchedFiles fetched) {
    /** They run after packing, or change nothing that is packed. */
    static final Set<String> HARMLESS = Set.of(
            Pom.CAR_PLUGIN,
            "maven-clean-plugin",
            "maven-compiler-plugin",
            "maven-deploy-plugin",
            "maven-enforcer-plugin",
            "maven-install-plugin",
            "maven-release-plugin",
            "maven-scm-plugin",
            "maven-surefire-plugin",
            "mi-container-config-mapper",
            "synapse-unit-test-maven-plugin");

    /** @param repository that connectors, libraries and other CARs are taken from */
    public static NativeFit of(
            VsCodeLayout layout,
            Pom pom,
            List<String> mediators,
            List<String> dataMappers,
            LocalRepository repository) {
        return new NativeFit(
                layout,
                pom,
                mediators,
                MadeDataMappers.of(layout, pom, dataMappers),
                repository,
                new FetchedFiles(layout, pom, repository));
    }

    /** Why only Maven can build the project and what its image needs; empty when packing is enough. */
    public List<String> doubts() {
        List<String> doubts = carDoubts();
        Libraries.of(layout, pom).missing().stream()
                .filter(library -> repository.file(library).isEmpty())
                .map(library -> "the image needs a library from a Maven repository: " + library.coordinates())
                .forEach(doubts::add);
        return doubts;
    }

    /** Why only Maven can make the CAR. */
    public List<String> carDoubts() {
        List<String> doubts = new ArrayList<>(pom.unsure());
        if (!mediators.isEmpty()) {
            doubts.add("class mediators must be compiled: " + mediators.get(0));
        }
        doubts.addAll(dataMappers.doubts());
        carPlugin(doubts);
        dependencies(doubts);
        pom.plugins().forEach(p -> plugin(p, doubts));
        jar(doubts);
        doubts.addAll(fetched.doubts());
        return doubts;
    }

    private void carPlugin(List<String> doubts) {
        pom.plugin(Pom.CAR_PLUGIN)
                .ifPresentOrElse(
                        plugin -> version(plugin.version(), doubts),
                        () -> doubts.add("its pom.xml does not call " + Pom.CAR_PLUGIN + " by default"));
        pom.carSetting("sourceDirectory").ifPresent(s -> doubts.add("its sources lie elsewhere: " + s));
        String name = pom.carName();
        if ((pom.groupId() + pom.artifactId() + pom.version() + name).contains("${")) {
            doubts.add("its coordinates come from outside of the pom.xml: " + pom.artifactId() + " " + pom.version());
        }
    }

    private void version(String version, List<String> doubts) {
        PluginTraits traits = PluginTraits.of(pom);
        if (version.isEmpty() || version.contains("${") || !traits.has(Trait.SCANS_FOLDERS)) {
            doubts.add("its " + Pom.CAR_PLUGIN + " '" + version + "' packs from lists, as all before 5.2.50 do");
            return;
        }
        if (!traits.has(Trait.DASHED_FOLDERS)
                && List.of("data-sources", "data-services", "datasources", "dataservices").stream()
                        .anyMatch(f -> Files.isDirectory(layout.artifacts().resolve(f)))) {
            doubts.add("its " + traits + " reads data sources and data services from other folders");
        }
        Path connectors = layout.resources().resolve("connectors");
        if (traits.has(Trait.OPENS_CONNECTORS)
                && !traits.has(Trait.LIBRARIES_BY_RUNTIME)
                && !Folders.files(connectors).isEmpty()) {
            doubts.add("its " + traits + " handles connectors in another way: " + layout.shown(connectors));
        }
    }

    private void dependencies(List<String> doubts) {
        for (Pom.Dependency one : pom.dependencies()) {
            boolean library = !one.type().equals("zip") && !one.type().equals("car");
            if (library
                    && !one.scope().equals("test")
                    && !Libraries.of(layout, pom).all().contains(one)) {
                doubts.add("a library comes from a Maven repository: " + one.coordinates());
            }
        }
    }

    private void plugin(Pom.Plugin plugin, List<String> doubts) {
        boolean runs = plugin.executions().stream().anyMatch(e -> !e.phase().equals("none"));
        if (!runs || HARMLESS.contains(plugin.artifactId()) || isTemplates(plugin)) {
            return;
        }
        doubts.add("its pom.xml runs " + plugin.artifactId() + ", which may change what is packed");
    }

    /** Two plugins in the settings that WSO2's template gives them. */
    private static boolean isTemplates(Pom.Plugin plugin) {
        return switch (plugin.artifactId()) {
            case "maven-jar-plugin" -> "true".equals(plugin.configuration().get("skipIfEmpty"));
            case "maven-dependency-plugin" ->
                plugin.executions().stream().allMatch(e -> e.goals().equals(List.of("copy-dependencies")))
                        && plugin.configuration()
                                .getOrDefault("outputDirectory", "")
                                .endsWith("deployment/libs");
            default -> false;
        };
    }

    /** With packaging {@code jar} Maven makes a jar before it packs the CAR, and the plugin takes that in. */
    private void jar(List<String> doubts) {
        if (pom.packaging().equals("pom")) {
            return;
        }
        Path resources = layout.root().resolve("src/main/resources");
        if (Folders.below(resources).stream().anyMatch(Files::isRegularFile)) {
            doubts.add("resources must be packed into a jar: " + layout.shown(resources));
        } else if (!pom.packsBeforeTests() && !skipsEmptyJar()) {
            doubts.add("with packaging '" + pom.packaging() + "' a jar is packed, too");
        }
    }

    private boolean skipsEmptyJar() {
        return pom.plugin("maven-jar-plugin")
                .map(p -> "true".equals(p.configuration().get("skipIfEmpty")))
                .orElse(false);
    }
}
