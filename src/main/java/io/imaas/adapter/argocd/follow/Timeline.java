package io.imaas.adapter.argocd.follow;

import java.time.Instant;
import java.util.concurrent.Executor;

/** One after the other, and at times: where all decisions are made. Tests own it. */
public interface Timeline extends Executor {
    Instant now();

    /** Runs something not before a moment. Running what is returned calls it off. */
    Runnable at(Instant moment, Runnable task);
}
