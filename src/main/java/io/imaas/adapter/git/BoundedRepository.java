package io.imaas.adapter.git;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** A repository that takes no pack without end, and no object that would fill the memory. */
final class BoundedRepository extends FileRepository {
    /** Bytes on the wire: more than any history of text, less than a disk. */
    private static final long LARGEST_PACK = 2L << 30;

    private static final long LARGEST_OBJECT = 100L << 20;
    /** Putting an object together takes its base and its difference beside it, each about as large. */
    private static final long SHARE_OF_MEMORY = 8;

    BoundedRepository(BaseRepositoryBuilder<?, ?> options) throws IOException {
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
                PackParser parser = all.newPackParser(new Counted(in));
                parser.setMaxObjectSizeLimit(
                        Math.min(LARGEST_OBJECT, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
                return parser;
            }
        };
    }

    private static final class Counted extends ProxyInputStream {
        private long left = LARGEST_PACK;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        protected void afterRead(int bytes) throws IOException {
            left -= Math.max(bytes, 0);
            if (left < 0) {
                throw new TooLargePackException(LARGEST_PACK);
            }
        }
    }
}
