package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that Maven made of the data mappers' TypeScript. WSO2's plugin makes them with Node and webpack, and leaves
 * them in {@code target/datamapper} beside a copy of the TypeScript. They are taken while that is unchanged, as the
 * plugin takes them from its own cache. A version without a cache makes them again, so they must be newer than the pom.
 *
 * @param files by the place that they have below the resources
 * @param doubts the mappers that Maven must bundle
 */
record MadeDataMappers(Map<Path, Path> files, List<String> doubts) {
    /** @param mappers the TypeScript of each, as the project shows it */
    static MadeDataMappers of(VsCodeLayout layout, Pom pom, List<String> mappers) {
        MadeDataMappers made = new MadeDataMappers(new HashMap<>(), new ArrayList<>());
        boolean cached = PluginTraits.of(pom).has(Trait.CACHES_DATA_MAPPERS);
        for (String shown : mappers) {
            Path folder = layout.root().resolve(shown).getParent();
            String name = folder.getFileName().toString();
            Path copy = layout.dataMapper(name);
            List<String> files =
                    VsCodeLayout.MADE_OF_DATA_MAPPERS.stream().map(name::concat).toList();
            if (isSame(layout, folder, copy)
                    && files.stream()
                            .map(copy::resolve)
                            .allMatch(f -> Files.isRegularFile(f) && (cached || isNewer(f, layout.pom())))) {
                files.forEach(file -> made.files.put(folder.resolve(file).normalize(), copy.resolve(file)));
            } else {
                made.doubts.add("data mappers must be bundled: " + shown);
            }
        }
        return made;
    }

    private static boolean isSame(VsCodeLayout layout, Path folder, Path copy) {
        return Folders.below(folder).stream()
                .filter(f -> f.toString().endsWith(".ts"))
                .allMatch(f -> {
                    Path other = copy.resolve(folder.relativize(f).toString());
                    return Files.isRegularFile(other) && Arrays.equals(layout.read(f), layout.read(other));
                });
    }

    private static boolean isNewer(Path file, Path pom) {
        try {
            return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(pom)) >= 0;
        } catch (IOException e) {
            throw FailureException.input("cannot be read: " + Reason.of(e), file.toString(), "delete it");
        }
    }
}
