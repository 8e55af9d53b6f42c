package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import java.io.Serializable;
import java.util.List;

/**
 * A tenant whose files have errors; the others are served.
 *
 * @param name as its file is called, which may be no tenant's name at all
 * @param errors of its files, or of another tenant's file where both claim the same thing
 * @param kept whether the catalog has it as its files said when they were last right; otherwise it is left out. Nothing is
 *     made or deleted in the cluster for it: what its files ask for now, nobody knows
 */
public record BrokenTenant(String name, List<Problem> errors, boolean kept) implements Serializable {
    public BrokenTenant {
        errors = List.copyOf(errors);
    }

    /** The same as its files said before. */
    public BrokenTenant asKept() {
        return new BrokenTenant(name, errors, true);
    }

    /** INPUT, for whoever asks for this tenant. */
    public FailureException refused() {
        return FailureException.input(errors);
    }

    /** Whether a namespace, project or application may belong to it: such names begin with their tenant's. */
    public boolean mayOwn(String object) {
        return object.startsWith(name + "-");
    }

    /** One line: what became of the tenant, the first error, and where to see the others. */
    public String sentence() {
        return "tenant " + name + (kept ? " is served as its files said before: " : " is left out: ")
                + errors.get(0).sentence()
                + (errors.size() == 1 ? "" : "; it has " + errors.size() + " errors: imaas validate lists them");
    }
}
