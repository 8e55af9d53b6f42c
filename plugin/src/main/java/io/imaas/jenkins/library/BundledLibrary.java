package io.imaas.jenkins.library;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.PluginWrapper;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryResolver;

/**
 * Makes {@code @Library('imaas') _} work in every job, in the version that fits this plugin and in the sandbox. It
 * answers last: whoever configures a library of this name, to pin a version, gets that one.
 */
@Extension(ordinal = -100)
public final class BundledLibrary extends LibraryResolver {
    public static final String NAME = "imaas";

    @Override
    public boolean isTrusted() {
        return false;
    }

    @NonNull
    @Override
    public Collection<LibraryConfiguration> forJob(@NonNull Job<?, ?> job, @NonNull Map<String, String> versions) {
        return versions.containsKey(NAME) ? List.of(configuration()) : List.of();
    }

    private static LibraryConfiguration configuration() {
        LibraryConfiguration library = new LibraryConfiguration(NAME, new BundledLibraryRetriever());
        library.setDefaultVersion(version());
        library.setAllowVersionOverride(false);
        library.setIncludeInChangesets(false);
        return library;
    }

    /** The plugin's own. */
    private static String version() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(BundledLibrary.class);
        return plugin == null ? "bundled" : plugin.getVersion().replaceFirst(" .*", "");
    }
}
