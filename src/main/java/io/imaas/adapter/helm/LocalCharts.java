package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ChartPin;
import io.imaas.port.Artifacts;
import io.imaas.port.ChartStore;
import io.imaas.port.GitRepository;
import io.imaas.port.Remembered;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.io.FileUtils;

/**
 * Charts in folders that are named by their content. What a folder holds is compared with its name before a process uses
 * it: somebody may have stopped in the middle of writing it. Safe for use by several threads and processes.
 */
public final class LocalCharts implements ChartStore {
    /** What {@code helm push} calls the chart's archive. */
    private static final String ARCHIVE = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    /** A platform has few charts; each is some hundred bytes here. */
    private static final int REMEMBERED = 256;

    private final Path cache;
    private final Optional<Path> only;
    private final Function<RepositoryUrl, GitRepository> repositories;
    private final Supplier<Artifacts> registry;
    private final Remembered<String, StoredChart> known = new Remembered<>(REMEMBERED);

    /** @param cache the folder of the folders */
    public LocalCharts(Path cache, Function<RepositoryUrl, GitRepository> repositories, Supplier<Artifacts> registry) {
        this(cache, Optional.empty(), repositories, registry);
    }

    private LocalCharts(
            Path cache,
            Optional<Path> only,
            Function<RepositoryUrl, GitRepository> repositories,
            Supplier<Artifacts> registry) {
        this.cache = cache;
        this.only = only;
        this.repositories = repositories;
        this.registry = registry;
    }

    /** The same for whoever tries a chart of a folder out: every pin stands for it. */
    public LocalCharts pinnedTo(Path folder) {
        return new LocalCharts(cache, Optional.of(folder), repositories, registry);
    }

    @Override
    public StoredChart pinned(ChartPin pin) {
        return of("pin " + pin.toString() + exact(pin), () -> {
            Map<String, byte[]> files = fetched(pin);
            ChartHooks.refuse(files, pin.toString());
            return files;
        });
    }

    /** What people read of a pin is abbreviated. */
    private static String exact(ChartPin pin) {
        return pin instanceof ChartPin.Folder folder ? " " + folder.commit() : "";
    }

    @Override
    public StoredChart of(String key, Supplier<Map<String, byte[]>> files) {
        return known.answer(key, () -> stored(files.get()));
    }

    @Override
    public Map<String, byte[]> files(StoredChart chart) {
        try {
            return ChartFiles.of(Path.of(chart.folder()));
        } catch (IOException e) {
            throw unusable(Path.of(chart.folder()), e);
        }
    }

    private Map<String, byte[]> fetched(ChartPin pin) {
        if (only.isPresent()) {
            try {
                return ChartFiles.of(only.get());
            } catch (IOException e) {
                throw FailureException.input(
                        "there is no chart here", only.get().toString(), "name its folder");
            }
        }
        if (pin instanceof ChartPin.Registry chart) {
            return ChartFiles.ofArchive(registry.get().layer(chart.chart(), ARCHIVE), pin.toString());
        }
        if (pin instanceof ChartPin.Folder folder) {
            GitRepository repository = repositories.apply(folder.repository());
            Map<String, byte[]> files = new TreeMap<>();
            for (String path : repository.list(folder.commit(), folder.path())) {
                String below = folder.path().isEmpty()
                        ? path
                        : path.substring(folder.path().length() + 1);
                repository.read(folder.commit(), path).ifPresent(content -> files.put(below, content));
            }
            return files;
        }
        return BundledChart.files();
    }

    /** One at a time: whoever comes second finds the folder as it should be. */
    private synchronized StoredChart stored(Map<String, byte[]> files) {
        String digest = ChartFiles.digest(ChartFiles.checked(files, cache.toString()));
        Path folder = cache.resolve(digest.substring("sha256:".length()));
        try {
            if (!Files.isDirectory(folder) || !holds(folder, digest)) {
                write(folder, files, digest);
            }
            return new StoredChart(folder.toString(), digest);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static boolean holds(Path folder, String digest) throws IOException {
        return Files.isRegularFile(folder.resolve("Chart.yaml"))
                && ChartFiles.digest(ChartFiles.of(folder)).equals(digest);
    }

    /** Moved into place as a whole: nobody sees half a chart. */
    private void write(Path folder, Map<String, byte[]> files, String digest) throws IOException {
        Files.createDirectories(cache);
        Path draft = Files.createTempDirectory(cache, ".draft");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = draft.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        if (Files.isDirectory(folder) && !holds(folder, digest)) {
            // Another process may put the right one there meanwhile: what is deleted is out of its way first.
            Path broken = draft.resolveSibling(draft.getFileName() + ".broken");
            Files.move(folder, broken);
            FileUtils.deleteDirectory(broken.toFile());
        }
        try {
            Files.move(draft, folder);
        } catch (FileSystemException e) {
            // Somebody else was first, which is told in several ways.
            FileUtils.deleteDirectory(draft.toFile());
            if (!holds(folder, digest)) {
                throw e;
            }
        }
    }

    private static FailureException unusable(Path folder, IOException e) {
        return FailureException.external(
                "the chart can't be kept on this machine: " + e.getMessage(),
                folder.toString(),
                "free space there, or name another folder with --cache",
                e);
    }
}
