package io.imaas.port;

/**
 * Which tenants' work is done here when several processes serve the same platform. Every tenant belongs to one share, and
 * every share is held by one process at a time. After a connection broke two may believe so for some seconds: what they do
 * to the same branch, Git decides.
 */
public interface Shares {
    /** How many there are: the same number in all processes. */
    int count();

    /** From now on the holder hears what it holds, until the connection or the process ends. */
    void start(Holder holder);

    /** Hears, one call after the other, which shares it holds; shares have numbers from 0. */
    interface Holder {
        void gained(int share);

        void lost(int share);
    }

    /** The share of something that has this name. */
    default int of(String name) {
        return Math.floorMod(name.hashCode(), count());
    }

    /** For a process that has everything to itself. */
    static Shares alone() {
        return new Shares() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public void start(Holder holder) {
                holder.gained(0);
            }
        };
    }
}
