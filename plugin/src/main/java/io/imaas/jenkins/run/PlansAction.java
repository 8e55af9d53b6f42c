package io.imaas.jenkins.run;

import hudson.model.Run;
import jenkins.model.RunAction2;

/** The panel and the page on a build: its plans, and what came of them. Everything it shows is read from the files. */
public final class PlansAction implements RunAction2 {
    private transient Run<?, ?> run;

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-git-network-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return "Integration plan";
    }

    @Override
    public String getUrlName() {
        return "imaas";
    }
}
