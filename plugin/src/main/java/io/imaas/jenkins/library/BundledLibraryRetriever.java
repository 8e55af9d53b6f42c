package io.imaas.jenkins.library;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;

/** Copies the library out of the plugin: a few small files a build, and no network. */
public final class BundledLibraryRetriever extends LibraryRetriever {
    /** Written by the plugin's build: the paths below this class's package, one a line. */
    private static final String INDEX = "index.txt";

    @Override
    public void retrieve(
            @NonNull String name,
            @NonNull String version,
            boolean changelog,
            @NonNull FilePath target,
            @NonNull Run<?, ?> run,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        for (String path : paths()) {
            try (InputStream file = resource(path)) {
                target.child(path).copyFrom(file);
            }
        }
    }

    @Override
    public void retrieve(
            @NonNull String name,
            @NonNull String version,
            @NonNull FilePath target,
            @NonNull Run<?, ?> run,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        retrieve(name, version, false, target, run, listener);
    }

    static List<String> paths() throws IOException {
        try (InputStream index = resource(INDEX)) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static InputStream resource(String path) throws IOException {
        InputStream found = BundledLibraryRetriever.class.getResourceAsStream(path);
        if (found == null) {
            throw new IOException("the plugin was built without its library: " + path + " is missing");
        }
        return found;
    }
}
