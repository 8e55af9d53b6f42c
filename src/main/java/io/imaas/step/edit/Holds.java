package io.imaas.step.edit;

import io.imaas.model.source.BranchName;
import io.imaas.port.Precondition;

/** The hold on a service, as a change asks for it once more when it lands: the plan asked before, but time has passed. */
public final class Holds {
    private Holds() {}

    /** @param path of the hold's file */
    public static Precondition absent(BranchName branch, String path) {
        return new Precondition.Absent(branch, path, "a hold was set meanwhile", "lift it with 'imaas resume'");
    }
}
