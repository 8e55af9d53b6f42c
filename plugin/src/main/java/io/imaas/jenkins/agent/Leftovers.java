package io.imaas.jenkins.agent;

import hudson.util.ProcessTree;
import java.util.Map;

/**
 * Programs that outlived the agent's process that started them: when an agent dies with its controller, nobody ends its
 * Maven, and the step that is done again would share the workspace with it.
 */
final class Leftovers {
    /** In the environment of every program that a step starts; programs hand it down to their children. */
    static final String VARIABLE = "IMAAS_STEP";

    private Leftovers() {}

    /** @param mark of the step that begins now */
    static void end(String mark) throws InterruptedException {
        ProcessTree.get().killAll(Map.of(VARIABLE, mark));
    }
}
