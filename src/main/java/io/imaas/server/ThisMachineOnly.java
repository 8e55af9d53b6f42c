package io.imaas.server;

import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns away who does not ask from this very machine. The API shows every tenant's events and knows no logins: what a
 * proxy hands on may come from anywhere.
 */
final class ThisMachineOnly {
    private static final Set<String> LOOPBACK =
            Set.of("127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]");
    private static final List<String> HANDED_ON =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** As a browser on this machine names it. Any other name may be a stranger's that points here. */
    private static final Pattern OWN_NAME = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    private ThisMachineOnly() {}

    static void require(Context ctx) {
        boolean handedOn = HANDED_ON.stream().anyMatch(name -> ctx.header(name) != null);
        String host = ctx.host();
        boolean renamed = host == null || !OWN_NAME.matcher(host).matches();
        if (handedOn || renamed || !LOOPBACK.contains(ctx.req().getRemoteAddr())) {
            throw new HttpProblem(
                    403, "the API answers this machine only", "ask http://127.0.0.1 on the server itself");
        }
    }
}
