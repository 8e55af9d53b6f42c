package io.imaas.adapter.mi.maven;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.MiProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Keeps a project's {@code mvnw} from running where the policy forbids it. Not calling it is not enough: WSO2's plugin
 * calls it from inside Maven when the file is executable, so that right is taken away for the time of the build.
 *
 * @param before its permissions; null where it may run
 */
record WrapperLock(Path wrapper, Set<PosixFilePermission> before) {
    static WrapperLock on(MiProject project, boolean allowed) {
        Path wrapper = Path.of(project.folder(), "mvnw");
        if (allowed || !Files.isExecutable(wrapper)) {
            return new WrapperLock(wrapper, null);
        }
        try {
            Set<PosixFilePermission> before = Files.getPosixFilePermissions(wrapper);
            Set<PosixFilePermission> during = new HashSet<>(before);
            during.removeAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
            Files.setPosixFilePermissions(wrapper, during);
            return new WrapperLock(wrapper, before);
        } catch (IOException | UnsupportedOperationException e) {
            throw FailureException.policy(
                    "the project's own mvnw may not run, and cannot be kept from it: " + Reason.of(e),
                    wrapper.toString(),
                    "make it not executable, or allow it");
        }
    }

    /** Runs the build; the file has its permissions again when it ends, however it ends. */
    int during(IntSupplier build) {
        try {
            return build.getAsInt();
        } finally {
            restore();
        }
    }

    private void restore() {
        if (before == null) {
            return;
        }
        try {
            Files.setPosixFilePermissions(wrapper, before);
        } catch (IOException e) {
            throw FailureException.external(
                    "cannot give mvnw its permissions back: " + Reason.of(e),
                    wrapper.toString(),
                    "make it executable",
                    e);
        }
    }
}
