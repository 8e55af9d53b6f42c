package io.imaas.jenkins.page;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.imaas.jenkins.world.PlatformWorld;
import java.util.List;

/** Tells administrators, on every page of theirs, that files of the platform repository are broken. */
@Extension
public final class BrokenFiles extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return "Errors in the platform repository";
    }

    @Override
    public boolean isActivated() {
        return !getFaults().isEmpty();
    }

    /** A sentence each. */
    public List<String> getFaults() {
        return PlatformWorld.get().faults();
    }
}
