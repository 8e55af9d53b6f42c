package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.Observation;
import java.util.function.Consumer;

/** News of applications, from a stream that all rollouts share. */
public interface Feed {
    /**
     * Tells what is known of an application, at once if anything is, and whenever it changes. Called and answered on the
     * timeline.
     *
     * @return ends it
     */
    Runnable subscribe(String project, ApplicationName application, Consumer<Observation> news);
}
