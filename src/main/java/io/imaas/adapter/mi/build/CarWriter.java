package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.image.Digest;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;

/** Puts a CAR where it was asked for: all of it or nothing. */
public final class CarWriter {
    private CarWriter() {}

    public static CarFile write(MiProject project, SortedMap<String, byte[]> entries, Path target, String builder) {
        byte[] bytes = CarZip.write(entries);
        Path folder = target.toAbsolutePath().getParent();
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            Files.write(unfinished, bytes);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FailureException.external(
                    "cannot write the CAR: " + Reason.of(e), target.toString(), "check the folder and its disk", e);
        }
        return new CarFile(
                target.toString(),
                project.artifactId(),
                project.version(),
                Digest.of(bytes).hex(),
                builder);
    }
}
