package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.rollout.RunningApplication;
import java.util.List;

/** What a deployment server runs already, whoever made it. Reads alone. */
public interface RunningApplications {
    /** Every application that our login may see, by name. */
    List<RunningApplication> all();

    /** The projects that carry a platform's label, and the applications of its tenants in them, by name. */
    List<Owned> owned(String platform);

    /** @param kind {@code AppProject}, or {@code Application} */
    record Owned(String kind, String name) {
        public boolean isProject() {
            return kind.equals("AppProject");
        }
    }

    /**
     * What an application wants to run, as the server renders it with whatever tool it uses; without the marks that the
     * server adds by itself.
     *
     * @return one YAML document an object
     */
    String manifests(RunningApplication application);

    /** What the server would change to make it run as it is wanted, object by object. */
    List<Effect> pending(RunningApplication application);
}
