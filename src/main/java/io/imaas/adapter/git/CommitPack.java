package io.imaas.adapter.git;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * A pack without anything but its commits. A server that cannot leave files and folders out sends them; taking them in
 * costs far more than receiving them, because each version of a large folder has to be put together to know its id.
 */
final class CommitPack {
    private static final byte[] SIGNATURE = {'P', 'A', 'C', 'K', 0, 0, 0, 2};

    private final ObjectReader known;
    private final Map<Long, byte[]> byPosition = new HashMap<>();
    private final Map<ObjectId, byte[]> byId = new HashMap<>();
    /** What rests on objects of which we cannot say yet that they are commits. */
    private final Map<Long, Waiting> waiting = new HashMap<>();

    private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
    private int count;

    private static final class Waiting {
        private final ObjectId base;
        private final byte[] delta;

        Waiting(ObjectId base, byte[] delta) {
            this.base = base;
            this.delta = delta;
        }
    }

    private CommitPack(ObjectReader known) {
        this.known = known;
    }

    /**
     * Reads a pack to its end.
     *
     * @param known what the server may take for granted
     * @return a pack with the commits alone, none as a difference to another
     */
    static InputStream of(InputStream pack, ObjectReader known) throws IOException {
        CommitPack commits = new CommitPack(known);
        try (PackStream in = new PackStream(pack)) {
            commits.read(in);
        }
        commits.settle();
        return commits.written();
    }

    private void read(PackStream in) throws IOException {
        byte[] signature = in.readBytes(SIGNATURE.length);
        if (!Arrays.equals(signature, SIGNATURE)) {
            throw new CorruptObjectException("this is no pack of version 2");
        }
        for (int left = (int) number(in.readBytes(4)); left > 0; left--) {
            readObject(in);
        }
        in.finish();
    }

    private void readObject(PackStream in) throws IOException {
        long position = in.position();
        int head = in.readByte();
        int type = (head >> 4) & 7;
        long size = head & 0x0f;
        for (int shift = 4; (head & 0x80) != 0; shift += 7) {
            head = in.readByte();
            size |= (head & 0x7fL) << shift;
        }
        switch (type) {
            case Constants.OBJ_COMMIT -> take(position, in.inflate(Math.toIntExact(size)));
            case Constants.OBJ_OFS_DELTA -> {
                byte[] base = byPosition.get(position - distance(in));
                if (base == null) {
                    in.skip();
                } else {
                    take(position, BinaryDelta.apply(base, in.inflate(Math.toIntExact(size))));
                }
            }
            case Constants.OBJ_REF_DELTA -> {
                ObjectId base = in.readId();
                waiting.put(position, new Waiting(base, in.inflate(Math.toIntExact(size))));
            }
            default -> in.skip();
        }
    }

    /** Git's own packs name a base that comes along by its distance; this is for those of others, and for thin ones. */
    private void settle() throws IOException {
        Set<Long> done = new HashSet<>();
        do {
            waiting.keySet().removeAll(done);
            done.clear();
            for (Map.Entry<Long, Waiting> entry : waiting.entrySet()) {
                byte[] base = base(entry.getValue().base);
                if (base != null) {
                    take(entry.getKey(), BinaryDelta.apply(base, entry.getValue().delta));
                    done.add(entry.getKey());
                }
            }
        } while (!done.isEmpty());
    }

    private byte[] base(ObjectId id) throws IOException {
        byte[] base = byId.get(id);
        if (base != null || !known.has(id)) {
            return base;
        }
        try {
            return known.open(id, Constants.OBJ_COMMIT).getCachedBytes();
        } catch (MissingObjectException noCommit) {
            return null;
        }
    }

    private void take(long position, byte[] commit) throws IOException {
        byPosition.put(position, commit);
        try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
            byId.put(ids.idFor(Constants.OBJ_COMMIT, commit), commit);
        }
        int size = commit.length;
        int head = (Constants.OBJ_COMMIT << 4) | (size & 0x0f);
        for (size >>>= 4; size > 0; size >>>= 7) {
            objects.write(head | 0x80);
            head = size & 0x7f;
        }
        objects.write(head);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(objects)) {
            deflated.write(commit);
        }
        count++;
    }

    private InputStream written() throws IOException {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(pack);
        out.write(SIGNATURE);
        out.writeInt(count);
        objects.writeTo(out);
        out.write(Constants.newMessageDigest().digest(pack.toByteArray()));
        return new ByteArrayInputStream(pack.toByteArray());
    }

    private static long distance(PackStream in) throws IOException {
        int next = in.readByte();
        long distance = next & 0x7f;
        while ((next & 0x80) != 0) {
            next = in.readByte();
            distance = ((distance + 1) << 7) | (next & 0x7f);
        }
        return distance;
    }

    private static long number(byte[] bigEndian) {
        return java.nio.ByteBuffer.wrap(bigEndian).getInt() & 0xffff_ffffL;
    }
}
