package io.imaas.port;

import io.imaas.model.source.CommitId;
import java.io.Serializable;

/**
 * Where a change is on its branch.
 *
 * @param commit the commit that holds it
 * @param created false when it was there already
 */
public record Landed(CommitId commit, boolean created) implements Serializable {}
