package io.imaas.app.reaction;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;

/**
 * Something to look after for one tenant. It names no commit: whatever is there when its turn comes is looked after, so
 * that the same task twice is one task, and done twice it changes nothing the second time.
 *
 * @param service null where it concerns all of them
 * @param environment null where it concerns all of them
 */
record Task(Reaction kind, ServiceName service, EnvironmentName environment) {
    static Task review(EnvironmentName environment) {
        return new Task(Reaction.REVIEW, null, environment);
    }

    static Task release(ServiceName service) {
        return new Task(Reaction.RELEASE, service, null);
    }

    static Task promotion(ServiceName service, EnvironmentName to) {
        return new Task(Reaction.PROMOTION, service, to);
    }

    /** Of the tenant as a whole. */
    static Task of(Reaction kind) {
        return new Task(kind, null, null);
    }

    /** What it is about, such as {@code prod} or {@code order-api in prod}; empty: the tenant as a whole. */
    String about() {
        String place = environment == null ? "" : environment.value();
        return service == null ? place : service + (place.isEmpty() ? "" : " in " + place);
    }
}
