package io.imaas.jenkins.run;

import io.imaas.plan.gate.GateAnswer;
import io.imaas.report.RunReport.Status;

/**
 * How something stands, for eyes and for ears: an icon that differs by its shape, and a word.
 *
 * @param kind good, bad, odd, quiet or busy: the name of its colours
 */
public record Look(String icon, String word, String kind) {
    /** Whether somebody should look at it. */
    public boolean attention() {
        return kind.equals("bad") || kind.equals("odd");
    }

    /** Of a word of {@link io.imaas.report.Matrix.Cell#health()}. */
    public static Look ofHealth(String health) {
        return switch (health) {
            case "" -> new Look("", "", "quiet");
            case "healthy" -> new Look("symbol-check", health, "good");
            case "degraded" -> new Look("symbol-close-circle", health, "bad");
            case "unapplied" -> new Look("symbol-warning", health, "odd");
            case "assumed" -> new Look("symbol-person-circle", health, "quiet");
            default -> new Look("symbol-help-circle", health, "quiet");
        };
    }

    /**
     * Of a run's or a step's status in a report.
     *
     * @param going whether the build still goes on
     */
    static Look ofStatus(Status status, boolean going) {
        return switch (status) {
            case SUCCEEDED -> new Look("symbol-status-blue", "succeeded", "good");
            case UNSTABLE -> new Look("symbol-status-yellow", "unstable", "odd");
            case FAILED -> new Look("symbol-status-red", "failed", "bad");
            case REFUSED -> new Look("symbol-lock-closed", "refused by a gate", "bad");
            case SKIPPED -> new Look("symbol-status-nobuilt", "skipped", "quiet");
            case RUNNING ->
                going
                        ? new Look("symbol-status-nobuilt-anime", "running", "busy")
                        : new Look("symbol-status-aborted", "stopped", "odd");
            case NOT_STARTED -> new Look("symbol-ellipse", going ? "not started" : "not done", "quiet");
        };
    }

    static Look ofGate(GateAnswer gate) {
        return switch (gate.state()) {
            case OPEN -> new Look("symbol-check", "open", "good");
            case ASSUMED -> new Look("symbol-person-circle", "open, assumed", "odd");
            case FORCED -> new Look("symbol-key", "opened by force", "odd");
            case FLAGGED -> new Look("symbol-warning", "closed, left out", "bad");
            case TOLERATED -> new Look("symbol-warning", "closed, tolerated", "odd");
            case CLOSED -> new Look("symbol-lock-closed", "closed", "bad");
        };
    }
}
