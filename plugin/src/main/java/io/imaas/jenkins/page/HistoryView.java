package io.imaas.jenkins.page;

import java.util.List;

/** What came onto an environment's branch, newest first. */
public record HistoryView(String environment, List<Change> changes) {
    /** One commit. */
    public record Change(String commit, String whole, Moment at, String by, String subject) {}
}
