package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import java.io.Serializable;

/** Which chart of MI services an environment gets, by content: the same pin is the same chart for ever. */
public sealed interface ChartPin extends Serializable {
    /** The one that comes with the orchestrator: another version of the program may bring another chart. */
    ChartPin BUNDLED = new Bundled();

    /**
     * Reads {@code bundled} or {@code oci://HOST/PATH@sha256:…}.
     *
     * @throws FailureException INPUT when it is neither
     */
    static ChartPin parse(String text) {
        if (text.equals("bundled")) {
            return BUNDLED;
        }
        if (text.startsWith("oci://")) {
            return new Registry(ImageRef.parse(text.substring("oci://".length())));
        }
        throw FailureException.input(
                "'" + text + "' names no chart",
                "write bundled, oci://HOST/PATH@sha256:DIGEST, or git, commit and path of a folder");
    }

    /** That of the program. */
    record Bundled() implements ChartPin {
        @Override
        public String toString() {
            return "bundled";
        }
    }

    /** A chart in an OCI registry, as {@code helm push} puts it there. */
    record Registry(ImageRef chart) implements ChartPin {
        @Override
        public String toString() {
            return "oci://" + chart;
        }
    }

    /**
     * A folder of a Git repository at a commit.
     *
     * @param path below the repository's root; empty: the root
     */
    record Folder(RepositoryUrl repository, CommitId commit, String path) implements ChartPin {
        @Override
        public String toString() {
            return repository + "@" + commit.abbreviated() + ":" + path;
        }
    }
}
