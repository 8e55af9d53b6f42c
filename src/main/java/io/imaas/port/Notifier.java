package io.imaas.port;

import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.Notification;

/** Tells people outside how a run ended. */
@FunctionalInterface
public interface Notifier {
    /**
     * Tells one recipient, once, and for a bounded time.
     *
     * @param address what is secret of the way to the recipient: a URL, or a token
     * @throws io.imaas.model.failure.FailureException EXTERNAL when it may work later, with how long the other side asked us to
     *     wait; INPUT when the address or the recipient is no good. The address is in no message
     */
    void tell(Notification recipient, Secret address, RunNotice notice);
}
