package io.imaas.report;

import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.time.Instant;

/**
 * A release that came to an environment, as the commit that brought it tells.
 *
 * @param by who asked for it
 * @param subject the commit's first line
 */
public record Deployment(
        ServiceName service,
        EnvironmentName environment,
        Digest digest,
        Kind kind,
        Instant at,
        String by,
        String subject,
        CommitId commit)
        implements Serializable {
    /** How it came. */
    public enum Kind {
        DELIVERED("delivered"),
        PROMOTED("promoted"),
        ROLLED_BACK("rolled back");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
