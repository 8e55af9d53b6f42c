package io.imaas.server.page;

import io.imaas.app.access.Right;
import io.imaas.app.access.Visitor;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Html;

/**
 * Who reads a page.
 *
 * @param csrf what each form of theirs bears; empty outside of a session: there are no forms then
 */
public record Reader(Visitor visitor, String csrf) {
    /** Somebody without a session. */
    public static Reader of(Visitor visitor) {
        return new Reader(visitor, "");
    }

    /** Somebody of whom nothing is known, or who asks at the machine itself. */
    public static Reader nobody() {
        return of(Visitor.atTheMachine());
    }

    boolean loggedIn() {
        return !csrf.isEmpty();
    }

    /** Whether this page may offer something to them. */
    boolean may(Right right, Tenant tenant) {
        return loggedIn() && visitor.rightsIn(tenant).contains(right);
    }

    /** A form that is sent to an address of this server, with what proves that it was ours; its end is the caller's. */
    Html form(String address) {
        return new Html()
                .open("form", "method", "post", "action", address)
                .open("input", "type", "hidden", "name", "csrf", "value", csrf);
    }
}
