/**
 * Git through JGit: bare clones kept warm, commits made in memory, one writer for each repository.
 *
 * <p>Three ideas carry it. The server's compare-and-swap on a reference is the only truth; locks here merely save work.
 * A change is an intent, computed anew on whatever the branch holds now; text is never rebased. Whether something landed
 * is asked of Git itself, by the key in the commit's trailers.
 */
package io.imaas.adapter.git;
