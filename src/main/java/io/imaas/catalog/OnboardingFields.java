package io.imaas.catalog;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Part;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code onboarding} section of {@code platform.yaml}. */
final class OnboardingFields {
    private OnboardingFields() {}

    static OnboardingPolicy read(Section section) {
        Set<Part> off = new HashSet<>();
        section.values("off", "bad-part", Part::of).stream()
                .map(Located::value)
                .flatMap(Optional::stream)
                .forEach(off::add);
        OnboardingPolicy usual = OnboardingPolicy.USUAL;
        return new OnboardingPolicy(
                off,
                section.text("ingressNamespace").orElse(usual.ingressNamespace()),
                section.text("monitoringNamespace").orElse(usual.monitoringNamespace()),
                section.values("exec", "bad-name", EnvironmentName::new).stream()
                        .map(Located::value)
                        .toList(),
                section.text("deployer").orElse(usual.deployer()));
    }
}
