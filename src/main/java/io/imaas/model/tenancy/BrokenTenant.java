package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import java.io.Serializable;
import java.util.List;

/**
 * A tenant whose files have errors: it is left out of the catalog, and the others are served.
 *
 * @param name as its file is called, which may be no tenant's name at all
 * @param errors of its files, or of another tenant's file where both claim the same thing
 */
public record BrokenTenant(String name, List<Problem> errors) implements Serializable {
    public BrokenTenant {
        errors = List.copyOf(errors);
    }

    /** INPUT, for whoever asks for this tenant. */
    public FailureException refused() {
        return FailureException.input(errors);
    }

    /** Whether a namespace, project or application may belong to it: such names begin with their tenant's. */
    public boolean mayOwn(String object) {
        return object.startsWith(name + "-");
    }

    /** One line: which tenant is left out, the first error, and where to see the others. */
    public String sentence() {
        return "note: tenant " + name + " is left out: " + errors.get(0).sentence()
                + (errors.size() == 1 ? "" : "; it has " + errors.size() + " errors: imaas validate lists them");
    }
}
