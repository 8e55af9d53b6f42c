package io.imaas.adapter.git;

import java.io.IOException;

/**
 * A chain that was not plainly accepted.
 *
 * @param refused the server answered, and it was no
 * @param words what the server said, for people
 * @param problem what broke, when there was no answer; null otherwise
 */
record PushOutcome(Chain chain, boolean refused, String words, IOException problem) {}
