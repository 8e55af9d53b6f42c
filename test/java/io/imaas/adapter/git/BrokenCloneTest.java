package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imaas.adapter.git.sign.CommitSigning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenCloneTest {
    private static final ObjectId LOST = ObjectId.fromString("ce013625030ba8dba906f756967f9e9ca394464a");

    @TempDir
    private Path temp;

    @Test
    void aPushOfWhatCannotBeReadFailsInsteadOfWaitingForTheServerForEver() throws Exception {
        GitFixture server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", "f", "1\n");
        Connection connection =
                new Connection(server.url(), GitFixture.settings(temp.resolve("cache")), new HashSet<>());
        try (Mirror tips = new Mirror(temp.resolve("slot"), connection, Coverage.TIPS)) {
            Chain chain = new Chain(DEV, tips.fetch(List.of(DEV)).get(DEV));
            Intent intent = new Intent(List.of(put("f", "2", "k1")), CommitSigning.none());
            chain.append(new Chain.Link(intent, 0, commitWithoutItsFile(tips, chain.base()), true));
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(
                            () -> new Pusher(connection, tips).push(List.of(chain), false))
                    .isInstanceOf(MissingObjectException.class));
        }
    }

    private static ObjectId commitWithoutItsFile(Mirror mirror, ObjectId parent) throws Exception {
        try (ObjectInserter inserter = mirror.repository().newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append("f", FileMode.REGULAR_FILE, LOST);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setParentId(parent);
            commit.setAuthor(new PersonIdent("Pat", "pat@example.org"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("broken");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }
}
