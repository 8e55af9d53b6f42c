package io.imaas.adapter.git;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.PackParser;

/** A repository that takes commits out of whatever a server sends, and leaves the rest. */
final class CommitRepository extends FileRepository {
    CommitRepository(BaseRepositoryBuilder<?, ?> options) throws IOException {
        super(options);
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter all = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return all;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                try (ObjectReader known = newObjectReader()) {
                    return all.newPackParser(CommitPack.of(in, known));
                }
            }
        };
    }
}
