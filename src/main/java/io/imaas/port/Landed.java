package io.imaas.port;

import io.imaas.model.source.CommitId;
import java.io.Serializable;

/**
 * Where a change is on its branch.
 *
 * @param commit the commit that holds it
 * @param created false when it was there already
 * @param atomic whether the branches that moved with it moved at one moment; false where the server can't do that, and
 *     they moved one after the other
 */
public record Landed(CommitId commit, boolean created, boolean atomic) implements Serializable {}
