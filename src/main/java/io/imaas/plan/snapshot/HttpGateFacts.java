package io.imaas.plan.snapshot;

import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What another system answered to a gate of the platform about a service.
 *
 * @param about what it was asked about
 * @param open whether the answer opens the gate
 * @param missing whether the answer tells that there is no ticket yet
 * @param found the answer in few words, with its digest
 * @param unanswered why there is no answer that counts, or null
 */
public record HttpGateFacts(About about, boolean open, boolean missing, String found, Failure unanswered)
        implements Fact {
    /**
     * A question.
     *
     * @param gate the gate's name
     * @param fingerprint of what would come
     * @param words what requests may name
     * @param asked when the same content was asked for first; null: never before
     */
    public record About(ServiceName service, String gate, String fingerprint, Map<String, String> words, Instant asked)
            implements Serializable {
        public About {
            words = Collections.unmodifiableMap(new TreeMap<>(words));
        }
    }
}
