package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.RESOURCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretProblemsTest {
    private static final String VALUE = "Sup3rS3cret!x";

    @TempDir
    private Path folder;

    private MiFiles files;

    @BeforeEach
    void aProject() {
        files = new MiFiles(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<property name=\"password\" value=\"" + VALUE + "\"/>",
                "<property name=\"db.password\" value=\"" + VALUE + "\"/>",
                "<property name=\"clientSecret\" value=\"" + VALUE + "\"/>",
                "<property name=\"X-API-Key\" value=\"" + VALUE + "\" scope=\"transport\"/>",
                "<property name=\"accessToken\" value=\"" + VALUE + "\"/>",
                "<http.init><basicCredentialsPassword>" + VALUE + "</basicCredentialsPassword></http.init>",
                "<email.init><password>" + VALUE + "</password></email.init>",
                "<salesforce.init><apiKey>" + VALUE + "</apiKey></salesforce.init>",
                "<with-param name=\"token\" value=\"" + VALUE + "\"/>",
                "<jms user=\"a\" password=\"" + VALUE + "\"/>",
                "<parameter name=\"store.jms.password\">" + VALUE + "</parameter>",
                "<property name=\"Authorization\" value=\"Basic YWRtaW46YWRtaW5hZG1pbg==\" scope=\"transport\"/>",
                "<property name=\"u\" value=\"https://bob:" + VALUE + "@localhost/x\"/>",
                "<property name=\"u\" value=\"jdbc:mysql://localhost/db?user=a&amp;password=" + VALUE + "\"/>",
                "<property name=\"u\" value=\"a b-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl\"/>",
                "<x>-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----</x>",
            })
    void aSecretInPlainTextIsAWarningThatDoesNotRepeatIt(String mediator) {
        files.sequence("S", mediator);
        assertThat(secrets()).singleElement().satisfies(p -> {
            assertThat(p.severity()).isEqualTo(Severity.WARNING);
            assertThat(p.sentence()).doesNotContain(VALUE, "YWRtaW46", "MIIE");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<property name=\"password\" expression=\"wso2:vault-lookup('db')\"/>",
                "<property name=\"password\" value=\"{wso2:vault-lookup('db')}\"/>",
                "<property name=\"password\" value=\"${configs.db}\"/>",
                "<email.init><password>{$ctx:password}</password></email.init>",
                "<email.init><password>{${configs.db}}</password></email.init>",
                "<email.init><password/></email.init>",
                "<property name=\"password\" value=\"$FILE:db.password\"/>",
                "<property name=\"tokenUrl\" value=\"https://localhost/oauth2/token\"/>",
                "<property name=\"tokenEndpoint\" value=\"https://localhost/token\"/>",
                "<property name=\"grant_type\" value=\"password\"/>",
                "<property name=\"token_type\" value=\"Bearer\"/>",
                "<property name=\"nextPageToken\" value=\"CAUQAA-some-cursor\"/>",
                "<property name=\"passwordPolicy\" value=\"at-least-8\"/>",
                "<property name=\"isPassword\" value=\"ValueOfFlag\"/>",
                "<property name=\"secretAlias\" value=\"db.password\"/>",
                "<property name=\"message\" value=\"The password is wrong, ask for a new token\"/>",
                "<property name=\"password\" value=\"********\"/>",
                "<log><property name=\"secret\" expression=\"json-eval($.secret)\"/></log>",
                "<payloadFactory media-type=\"xml\"><format><login><password>$1</password></login></format></payloadFactory>",
                "<payloadFactory media-type=\"json\"><format>{\"password\": \"${payload.password}\"}</format></payloadFactory>",
                "<property name=\"u\" value=\"https://{uri.var.user}:{uri.var.pw}@localhost/x\"/>",
                "<property name=\"u\" value=\"http://localhost:8080/a@b\"/>",
                "<property name=\"Authorization\" expression=\"fn:concat('Basic ', base64Encode('x'))\"/>",
                "<with-param name=\"password\" value=\"{$func:password}\"/>",
                "<cacheKey>orders-by-day</cacheKey>",
                "<payloadFactory media-type=\"xml\"><format><login password=\"" + VALUE
                        + "\"/></format></payloadFactory>",
                "<property name=\"u\" value=\"xeyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl\"/>",
                "<property name=\"primaryKey\" value=\"order_id\"/>",
            })
    void whatOnlySoundsLikeASecretIsLeftAlone(String mediator) {
        files.with(RESOURCES + "conf/config.properties", "db:string\n").sequence("S", mediator);
        assertThat(secrets()).isEmpty();
    }

    private List<Problem> secrets() {
        return files.lint().stream()
                .filter(p -> p.rule().equals("plain-secret"))
                .toList();
    }

    @Test
    void configurationFilesAreReadToo() {
        files.with(
                        RESOURCES + "conf/config.properties",
                        "# password=no\ndb.password:string\napi.key=" + VALUE + "\nurl=http://localhost\n")
                .with(
                        "deployment/deployment.toml",
                        "[keystore.primary]\npassword = \"wso2carbon\"\n[database]\npassword = \"" + VALUE
                                + "\" # local\nother_password = \"$secret{db}\"\n");
        assertThat(files.lint())
                .allSatisfy(p -> assertThat(p.sentence()).doesNotContain(VALUE))
                .extracting(p -> p.rule() + " " + p.where())
                .containsExactly(
                        "plain-secret deployment/deployment.toml:4:1",
                        "plain-secret " + RESOURCES + "conf/config.properties:3:1");
    }

    @Test
    void aDataServicesColumnsAreNoSecrets() {
        files.with(
                ARTIFACTS + "data-services/Users.dbs",
                """
                <data name="Users">
                  <config id="c"><property name="password" svns:secretAlias="db" xmlns:svns="http://org.wso2.securevault/configuration"/></config>
                  <query id="q" useConfig="c"><param name="password" sqlType="STRING"/>
                    <result element="users"><element name="password" column="password" xsdType="string"/></result></query>
                </data>
                """);
        assertThat(files.lint()).isEmpty();
        files.with(
                ARTIFACTS + "data-services/Users.dbs",
                "<data name=\"Users\"><config id=\"c\"><property name=\"password\">" + VALUE
                        + "</property></config></data>");
        assertThat(files.lint()).extracting(Problem::rule).containsExactly("plain-secret");
    }

    @Test
    void testSuitesMayHoldMadeUpPasswords() {
        files.sequence("Greet", "<respond/>")
                .suite(
                        "One",
                        "<unit-test><artifacts><test-artifact><artifact>" + ARTIFACTS
                                + "sequences/Greet.xml</artifact></test-artifact></artifacts>"
                                + "<test-cases><test-case name=\"a\"><input><properties><property name=\"password\" value=\""
                                + VALUE
                                + "\"/></properties></input><assertions><assertNotNull><actual>$body</actual><message>m</message></assertNotNull></assertions></test-case></test-cases></unit-test>");
        assertThat(files.lint()).isEmpty();
    }
}
