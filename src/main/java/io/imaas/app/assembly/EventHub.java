package io.imaas.app.assembly;

import io.imaas.port.EventLog;
import io.imaas.port.Shares;

/** Where events are kept, and which part of the work they set off is done by this process. */
public record EventHub(EventLog log, Shares shares) {}
