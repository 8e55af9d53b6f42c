package io.imaas.plan.gate;

import io.imaas.model.tenancy.Tenant;

/** A command of the command line that works wherever it is pasted. */
public final class PastedCommand {
    private PastedCommand() {}

    /** @param words the command and its arguments */
    public static String of(Tenant tenant, Object... words) {
        StringBuilder command = new StringBuilder("imaas");
        for (Object word : words) {
            command.append(' ').append(word);
        }
        return command.append(" --gitops ").append(tenant.gitops()).toString();
    }
}
