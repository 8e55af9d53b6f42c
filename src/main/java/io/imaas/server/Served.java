package io.imaas.server;

import io.imaas.app.hub.Hub;
import io.imaas.app.view.Views;
import io.imaas.port.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server shows and takes.
 *
 * @param facts about the orchestrator itself, by their names, as they are now
 */
public record Served(Hub hub, Views views, Clock clock, Supplier<Map<String, String>> facts) {}
