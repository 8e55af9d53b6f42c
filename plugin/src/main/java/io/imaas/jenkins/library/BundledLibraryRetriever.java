package io.imaas.jenkins.library;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;

/** Copies the library out of the plugin: a few small files a build, and no network. */
public final class BundledLibraryRetriever extends LibraryRetriever {
    /** Beside this class; a test holds the list against the repository's own folders. */
    static final List<String> FILES = List.of(
            "vars/imaasAgent.groovy",
            "vars/imaasAgent.txt",
            "vars/imaasDelivery.groovy",
            "vars/imaasDelivery.txt",
            "vars/imaasOnboarding.groovy",
            "vars/imaasOnboarding.txt",
            "vars/imaasPipeline.groovy",
            "vars/imaasPipeline.txt",
            "vars/imaasStages.groovy",
            "vars/imaasStages.txt",
            "resources/pods/mi-build-and-test.yaml",
            "resources/pods/mi-build.yaml");

    @Override
    public void retrieve(
            @NonNull String name,
            @NonNull String version,
            boolean changelog,
            @NonNull FilePath target,
            @NonNull Run<?, ?> run,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        for (String path : FILES) {
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

    private static InputStream resource(String path) throws IOException {
        InputStream found = BundledLibraryRetriever.class.getResourceAsStream(path);
        if (found == null) {
            throw new IOException("the plugin was built without its library: " + path + " is missing");
        }
        return found;
    }
}
