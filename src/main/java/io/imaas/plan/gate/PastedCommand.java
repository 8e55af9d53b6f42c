package io.imaas.plan.gate;

import io.imaas.model.tenancy.Tenant;

/**
 * A command of the command line that works wherever it is pasted: with the platform of the reader's profile or, where nobody
 * knows a platform, with the address of the repository.
 */
public final class PastedCommand {
    private PastedCommand() {}

    /** @param words the command and its arguments */
    public static String of(Tenant tenant, Object... words) {
        StringBuilder command = new StringBuilder("imaas");
        for (Object word : words) {
            command.append(' ').append(word);
        }
        return command.append(
                        tenant.platform().isEmpty() ? " --gitops " + tenant.gitops() : " --tenant " + tenant.name())
                .toString();
    }
}
