package io.imaas.port;

import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanCommand;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a scanner of the platform's choice where images are built. */
public interface ImageScanner {
    /**
     * @param output gets what the program says beside its report
     * @return its report as it wrote it, as maps, lists, texts and numbers
     * @throws io.imaas.model.failure.FailureException INPUT when there is no such program or it leaves no report that can be read;
     *     FAILED when it ends with another code than 0; EXTERNAL when it takes too long
     */
    Map<String, Object> report(ScanCommand command, ImageRef image, Consumer<String> output);
}
