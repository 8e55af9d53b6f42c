package io.imaas.server;

import io.imaas.model.identity.Secret;

/**
 * How the server is reached.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param secret that senders of web hooks know
 * @param rate how many deliveries one address may send to one hook in a second
 */
public record ServerSettings(String host, int port, Secret secret, int rate) {}
