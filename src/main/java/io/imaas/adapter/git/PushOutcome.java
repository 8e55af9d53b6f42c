package io.imaas.adapter.git;

import java.io.IOException;
import java.util.List;

/**
 * Chains that were sent together and not plainly accepted.
 *
 * @param refused the server answered, and it was no
 * @param words what the server said, for people
 * @param reason the server's word on the reference itself; empty when there was no answer
 * @param problem what broke, when there was no answer
 */
record PushOutcome(List<Chain> chains, boolean refused, String words, String reason, IOException problem) {
    List<Intent> intents() {
        return chains.stream()
                .flatMap(chain -> chain.intents().stream())
                .distinct()
                .toList();
    }
}
