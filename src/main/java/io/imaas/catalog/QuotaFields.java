package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The keys of a {@code quota} block, as far as they are given and sound. */
record QuotaFields(
        Optional<String> cpu,
        Optional<String> memory,
        Optional<Integer> pods,
        Optional<String> storage,
        Optional<Integer> objects) {
    static QuotaFields read(Section quota, Findings findings) {
        return new QuotaFields(
                quantity(quota, "cpu", Quantities::cpu, findings),
                quantity(quota, "memory", Quantities::memory, findings),
                quota.whole("pods").map(Located::value),
                quantity(quota, "storage", Quantities::storage, findings),
                quota.whole("objects").map(Located::value));
    }

    static Optional<String> quantity(Section quota, String key, UnaryOperator<String> check, Findings findings) {
        return quota.scalar(key).filter(s -> !findings.isWrong(s.where())).flatMap(scalar -> {
            try {
                return Optional.of(check.apply(scalar.text()));
            } catch (FailureException e) {
                findings.refine(
                        "bad-quantity",
                        scalar.where(),
                        "'" + key + "': " + e.failure().what(),
                        e.failure().suggestion());
                return Optional.empty();
            }
        });
    }
}
