package io.imaas.dev.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.dev.world.WorldFolder;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.report.Json;
import io.imaas.report.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Remembers which chapters of the story were told, with their reports. The truth of the world is in Git, the registry
 * and the cluster; this only keeps the story from being told twice.
 */
public final class Chapters {
    private final WorldFolder folder;
    private final Consumer<String> say;
    private final List<RunReport> reports = new ArrayList<>();
    private int number;

    public Chapters(WorldFolder folder, Consumer<String> say) {
        this.folder = folder;
        this.say = say;
    }

    /** Tells a chapter, unless an earlier run did; it is kept only when it came to its end. */
    public void tell(String title, Supplier<List<RunReport>> chapter) {
        number++;
        String name = String.format(Locale.ROOT, "chapters/%02d.json", number);
        Path kept = folder.below(name);
        if (Files.exists(kept)) {
            say.accept(title + ": done by an earlier run");
            reports.addAll(read(kept));
            return;
        }
        say.accept(title);
        List<RunReport> told = chapter.get();
        folder.write(name, Json.pretty(told));
        reports.addAll(told);
    }

    public List<RunReport> reports() {
        return List.copyOf(reports);
    }

    private static List<RunReport> read(Path file) {
        try {
            return Json.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw unreadable(file, "another version of imaas wrote it, or somebody changed it");
        } catch (IOException e) {
            throw unreadable(file, Reason.of(e));
        }
    }

    private static FailureException unreadable(Path file, String why) {
        return FailureException.input(
                "what an earlier run kept can't be read: " + why,
                file.toString(),
                "remove the --workdir and run again");
    }
}
