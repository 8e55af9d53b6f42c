package io.imaas.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "imaas approve api prod --as @acme/leads --tenant orders|Approve or refuse… on the tenant's page: api prod",
                "approval: imaas approve api prod --tenant orders|approval: Approve or refuse… on the tenant's page: api prod",
                "imaas approve api prod --withdraw --actor @eve --as @acme/leads --tenant orders|Approve or refuse… on the tenant's page, withdraw: api prod",
                "imaas approve api prod --confirm-override --tenant orders|Confirm… in the inbox: api prod",
                "imaas promote api sync dev test --tenant orders|Promote… on the tenant's page: api sync dev test",
                "fix it, or: imaas rollback api dev --tenant orders|fix it, or: Roll back… on the tenant's page: api dev",
                "held (imaas rollback api dev)|held (Roll back… on the tenant's page: api dev)",
                "imaas resume api dev|the job 'Promote, approve, roll back, resume' in the tenant's folder, resume: api dev"
            })
    void aCommandBecomesTheButtonThatDoesTheSame(String advice, String said) {
        assertThat(Advice.inJenkins(advice)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "imaas promote --chart test --tenant orders",
        "imaas approve api dev --image r.example/x@sha256:1 --tenant orders",
        "imaas rollout api dev --tenant orders",
        "remove the freeze"
    })
    void whatNoButtonDoesStaysAsItIs(String advice) {
        assertThat(Advice.inJenkins(advice)).isEqualTo(advice);
    }
}
