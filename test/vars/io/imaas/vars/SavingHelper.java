package io.imaas.vars;

import com.lesfurets.jenkins.unit.cps.PipelineTestHelperCPS;

/**
 * Saves what is alive after a step was called, as Jenkins does, and not after every single expression: that takes most of
 * the time and finds nothing more.
 */
final class SavingHelper extends PipelineTestHelperCPS {
    private boolean called;

    void stepCalled() {
        called = true;
    }

    @Override
    public <T> T roundtripSerialization(T alive) {
        if (!called) {
            return alive;
        }
        called = false;
        return super.roundtripSerialization(alive);
    }
}
