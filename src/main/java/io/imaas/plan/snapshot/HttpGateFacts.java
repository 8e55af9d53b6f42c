package io.imaas.plan.snapshot;

import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;

/**
 * What another system answered to a gate of the platform about a service.
 *
 * @param open whether the answer opens the gate
 * @param found the answer in few words, with its digest
 * @param unanswered why there is no answer that counts, or null
 */
public record HttpGateFacts(ServiceName service, String gate, boolean open, String found, Failure unanswered)
        implements Serializable {}
