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
                "imaas approve api prod --confirm-override --tenant orders|Confirm… on the tenant's page: api prod",
                "imaas promote api sync dev test --tenant orders|Promote… on the tenant's page: api sync dev test",
                "fix it, or: imaas rollback api dev --tenant orders|fix it, or: Roll back… on the tenant's page: api dev",
                "held (imaas rollback api dev)|held (Roll back… on the tenant's page: api dev)",
                "imaas resume api dev|the job 'Promote, approve, roll back, resume' in the tenant's folder, resume: api dev",
                "holds api in dev until 'imaas resume'|holds api in dev until the job 'Promote, approve, roll back, resume' in the tenant's folder, resume",
                "imaas rollback api prod --to 1.2.0 --tenant orders|Roll back… on the tenant's page: api prod 1.2.0",
                "there is none (imaas history api prod)|there is none (Audit on the tenant's page: api prod)",
                "imaas status; imaas inbox --tenant orders|the tenant's page; What waits for whom",
                "imaas status api|the tenant's page: api",
                "run 'imaas onboard' again|run the platform's onboarding job again",
                "imaas deliver --service api builds it|the job 'api' in the tenant's folder builds it",
                "nothing to refuse: imaas rollback api test --tenant orders brings it back|nothing to refuse: Roll back… on the tenant's page: api test brings it back"
            })
    void aCommandBecomesTheButtonThatDoesTheSame(String advice, String said) {
        assertThat(Advice.inJenkins(advice)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "imaas promote --chart test --tenant orders",
        "imaas approve api dev --image r.example/x@sha256:1 --tenant orders",
        "imaas rollout api dev --tenant orders",
        "imaas status -o wide",
        "imaas deliver --service api --test-server HOST:PORT",
        "remove the freeze"
    })
    void whatNoButtonDoesStaysAsItIs(String advice) {
        assertThat(Advice.inJenkins(advice)).isEqualTo(advice);
    }
}
