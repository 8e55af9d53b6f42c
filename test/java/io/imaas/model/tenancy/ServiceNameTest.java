package io.imaas.model.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServiceNameTest {
    /** kube-apiserver 1.34: "a DNS-1035 label must … start with an alphabetic character". */
    @Test
    void aNameThatKubernetesRefusesForAServiceIsRefusedAtOnce() {
        assertThatThrownBy(() -> new ServiceName("2nd-api")).hasMessageContaining("begin with a letter");
        assertThat(new ServiceName("api-2nd").value()).isEqualTo("api-2nd");
    }
}
