package io.imaas.port;

import io.imaas.model.tenancy.ChartPin;
import java.util.Map;
import java.util.function.Supplier;

/** Charts on this machine, each in a folder of its own that nothing but its content names. */
public interface ChartStore {
    /**
     * The chart of a pin, fetched when it is not here yet.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when there is no such chart, FAILED when its content is not what
     *     the pin names, EXTERNAL when its source can't be reached
     */
    StoredChart pinned(ChartPin pin);

    /**
     * A chart that somebody has the files of.
     *
     * @param key names the files: the same key, the same files
     * @param files path below the chart's folder to content; asked for only when the key was not seen yet
     */
    StoredChart of(String key, Supplier<Map<String, byte[]>> files);

    /** The chart's files: path below its folder to content, sorted. */
    Map<String, byte[]> files(StoredChart chart);

    /**
     * A chart on this machine.
     *
     * @param folder nobody changes it
     * @param digest {@code sha256:…} over its files: their paths and contents, whatever their times and modes
     */
    record StoredChart(String folder, String digest) {}
}
