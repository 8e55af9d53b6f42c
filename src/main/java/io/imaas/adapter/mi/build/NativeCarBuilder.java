package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.LocalRepository;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Packs a CAR from the sources of a project, without Maven. It holds the same entries with the same contents as that of
 * WSO2's {@code vscode-car-plugin} (5.2.50 and later, by {@link PluginTraits}) or, in the layout of Integration Studio, of
 * its {@code maven-car-plugin}, in bytes that follow from the sources alone. What the plugin would drop or garble in
 * silence is refused.
 */
public final class NativeCarBuilder implements CarBuilder {
    @Override
    public List<String> needsMaven(MiProject project, Options options) {
        return isStudio(project)
                ? studio(project).doubts()
                : fit(project, options).doubts();
    }

    @Override
    public CarFile build(MiProject project, Options options, Consumer<String> log) {
        if (isStudio(project)) {
            StudioFit studio = studio(project);
            requireNone(studio.doubts(), List.of(), project);
            return write(studio, project, options, log);
        }
        NativeFit fit = fit(project, options);
        requireNone(fit.carDoubts(), fit.fetched().commands(), project);
        return write(fit, project, options, log);
    }

    /** Packs a project where packing is enough for the CAR and its image; else says why Maven must build it. */
    public Optional<CarFile> buildIfEnough(MiProject project, Options options, Consumer<String> log) {
        // Each is asked once: it reads the pom and every connector, or all modules.
        if (isStudio(project)) {
            StudioFit studio = studio(project);
            return isEnough(studio.doubts(), log)
                    ? Optional.of(write(studio, project, options, log))
                    : Optional.empty();
        }
        NativeFit fit = fit(project, options);
        return isEnough(fit.doubts(), log) ? Optional.of(write(fit, project, options, log)) : Optional.empty();
    }

    private static boolean isEnough(List<String> doubts, Consumer<String> log) {
        doubts.forEach(why -> log.accept("built by Maven, because " + why));
        return doubts.isEmpty();
    }

    private static boolean isStudio(MiProject project) {
        return project.layout() == MiProject.Layout.INTEGRATION_STUDIO;
    }

    private static StudioFit studio(MiProject project) {
        ProjectTree.refuseLinkedFolders(project);
        return new StudioFit(StudioLayout.of(project));
    }

    private static CarFile write(StudioFit fit, MiProject project, Options options, Consumer<String> log) {
        StudioPacking packing = new StudioPacking(fit);
        SortedMap<String, byte[]> entries = packing.pack();
        log.accept("packed " + packing.carName() + ": " + entries.size() + " entries");
        return CarWriter.write(project, entries, options.output().resolve(packing.carName()), "native");
    }

    private static CarFile write(NativeFit fit, MiProject project, Options options, Consumer<String> log) {
        Pom pom = fit.pom();
        Libraries.of(fit.layout(), pom)
                .missing()
                .forEach(library -> log.accept("warning: the image needs " + library.coordinates()
                        + " in deployment/libs: mvn process-resources"));
        SortedMap<String, byte[]> entries = pack(fit, log);
        return CarWriter.write(project, entries, options.output().resolve(pom.carName()), "native");
    }

    private static void requireNone(List<String> doubts, List<String> commands, MiProject project) {
        if (!doubts.isEmpty()) {
            throw FailureException.input(
                    "cannot be packed natively: " + String.join("; ", doubts),
                    project.folder(),
                    "imaas build --builder auto (Maven builds it; connectors and data mappers that it fetched or made are"
                            + " packed natively the next time)"
                            + (commands.isEmpty()
                                    ? ""
                                    : ", or in the project's folder: " + String.join(" && ", commands)));
        }
    }

    private static NativeFit fit(MiProject project, Options options) {
        ProjectTree.refuseLinkedFolders(project);
        VsCodeLayout layout = new VsCodeLayout(Path.of(project.folder()));
        return NativeFit.of(
                layout,
                new PomReader(layout.root()).read(layout.pom()),
                project.classMediators(),
                project.dataMappers(),
                new LocalRepository(options.localRepository()));
    }

    private static SortedMap<String, byte[]> pack(NativeFit fit, Consumer<String> log) {
        VsCodeLayout layout = fit.layout();
        Pom pom = fit.pom();
        PluginTraits traits = PluginTraits.of(pom);
        if (traits.isNewerThanRead()) {
            log.accept("warning: " + traits + " is newer than the newest known version; packed as that one does");
        }
        CarAssembly car = new CarAssembly();
        new ArtifactPacking(layout, pom, car, log).pack();
        fit.fetched().pack(car);
        Map<Path, Path> made = fit.dataMappers().files();
        boolean resourceList = traits.has(Trait.RESOURCE_LIST);
        if (resourceList) {
            new RegistryPacking(layout, layout.resources(), car, made, true).pack();
        }
        new RegistryPacking(layout, layout.resources().resolve("registry"), car, made, resourceList).pack();
        if (traits.has(Trait.CONFIGURATION)) {
            properties(layout, pom.artifactVersion(), car);
        }
        SortedMap<String, byte[]> entries = car.entries(pom);
        log.accept("packed " + pom.carName() + ": " + entries.size() + " entries");
        return entries;
    }

    /** The names of what each environment sets. */
    private static void properties(VsCodeLayout layout, String version, CarAssembly car) {
        Path file = layout.resources().resolve("conf/config.properties");
        if (Files.isRegularFile(file)) {
            car.artifact(
                    new Item("config", version, Item.INTEGRATOR, "config/property"),
                    "config_" + version,
                    "config.properties",
                    layout.read(file),
                    layout.shown(file));
        }
    }
}
