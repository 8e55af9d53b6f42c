package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.machine.Goal;
import java.util.List;

/** Asks the service itself whether it is well: a pod may be ready and serve nothing that was expected. */
@FunctionalInterface
public interface ServiceProbe {
    /** Nobody is asked. */
    ServiceProbe NONE = goal -> List.of();

    /** What is wrong, one sentence each; empty when nothing is. Never throws: not to be reached is a fault. */
    List<String> faults(Goal goal);
}
