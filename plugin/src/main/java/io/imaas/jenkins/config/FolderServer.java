package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A folder of the controller that stands for a cluster: to try everything out where there is none. */
public final class FolderServer extends RolloutServer {
    private static final long serialVersionUID = 1L;

    private final String path;

    @DataBoundConstructor
    public FolderServer(String path) {
        this.path = Util.fixNull(path).trim();
    }

    /** Below the controller's home when it is relative. */
    public String getPath() {
        return path;
    }

    @Extension
    @Symbol("clusterFolder")
    public static final class DescriptorImpl extends Kind {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Folder that stands for a cluster (to try out)";
        }
    }
}
