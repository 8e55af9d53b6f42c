package io.imaas.adapter.jobs;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.ExistingJob;
import io.imaas.port.ExistingJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Jobs in the home folder of a Jenkins, or in a copy of it: {@code jobs/NAME/config.xml}, and for folders {@code
 * jobs/FOLDER/jobs/NAME/config.xml}. Only read.
 */
public record JenkinsHome(Path home) implements ExistingJobs {
    private static final int DEEPEST = 10;

    @Override
    public List<ExistingJob> all() {
        if (!Files.isDirectory(home.resolve("jobs"))) {
            throw FailureException.input(
                    "there is no folder 'jobs'", home.toString(), "name the home folder of a Jenkins, or a copy of it");
        }
        List<ExistingJob> found = new ArrayList<>();
        below(home, "", 0, found);
        return found;
    }

    private static void below(Path folder, String prefix, int depth, List<ExistingJob> found) {
        Path jobs = folder.resolve("jobs");
        if (depth > DEEPEST || !Files.isDirectory(jobs, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path job : sorted(jobs)) {
            Path config = job.resolve(JobConfig.FILE);
            String name = prefix + job.getFileName();
            if (Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS)) {
                JobConfig.read(bytes(config), config.toString()).job(name).ifPresent(found::add);
            }
            below(job, name + "/", depth + 1, found);
        }
    }

    private static List<Path> sorted(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException e) {
            throw JobConfig.unreadable(folder.toString(), Reason.of(e));
        }
    }

    private static byte[] bytes(Path config) {
        try (var file = Files.newInputStream(config)) {
            return file.readNBytes(JobConfig.LONGEST + 1);
        } catch (IOException e) {
            throw JobConfig.unreadable(config.toString(), Reason.of(e));
        }
    }
}
