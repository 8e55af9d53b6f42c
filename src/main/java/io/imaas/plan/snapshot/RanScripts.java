package io.imaas.plan.snapshot;

import io.imaas.model.rollout.Migration.Script;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.SortedMap;

/**
 * The migration scripts that ever came to run in the environment, whether or not it has them now.
 *
 * @param scripts as in {@link io.imaas.model.rollout.Migration#remembered}, each as it came last
 */
public record RanScripts(ServiceName service, SortedMap<String, Script> scripts) implements Fact {}
