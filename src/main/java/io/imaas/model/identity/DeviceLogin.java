package io.imaas.model.identity;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A login that a person confirms in a browser on another machine (RFC 8628).
 *
 * @param code stands for this login
 * @param userCode what the person types there
 * @param page where
 * @param interval how long to wait between two questions whether they did
 * @param ends when it is too late
 */
public record DeviceLogin(Secret code, String userCode, URI page, Duration interval, Instant ends)
        implements Serializable {}
