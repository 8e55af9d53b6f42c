package io.imaas.adapter.git.sign;

import java.io.IOException;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** A key that signs commits. */
interface CommitKey {
    /** How a person knows it. */
    String shown();

    /** What to try when it does not sign. */
    String fix();

    GpgSignature sign(Repository repository, byte[] content, PersonIdent committer) throws IOException;

    /** Whether this very key signed the commit as it is. */
    boolean made(Repository repository, RevCommit commit) throws IOException;
}
