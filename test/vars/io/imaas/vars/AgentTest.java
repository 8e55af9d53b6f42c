package io.imaas.vars;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.vars.PretendedJenkins.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where {@code imaasAgent} runs its body. */
class AgentTest {
    @ParameterizedTest
    @EnumSource
    void withoutTheKubernetesPluginAnyAgentWillDo(Mode mode) {
        String calls = new PretendedJenkins(mode)
                .plans(Plans.tag())
                .withoutKubernetes()
                .run("imaasPipeline()");

        assertThat(calls).contains("no Kubernetes to build in", "node ''", "1/image", "result: SUCCESS");
        assertThat(calls).doesNotContain("podTemplate");
    }

    @ParameterizedTest
    @EnumSource
    void withThePluginButNoCloudAnyAgentWillDo(Mode mode) {
        String calls = new PretendedJenkins(mode)
                .plans(Plans.tag())
                .refusesPods("No Kubernetes cloud was found.")
                .run("imaasPipeline()");

        assertThat(calls).contains("no Kubernetes to build in", "node ''", "result: SUCCESS");
    }

    /** A tenant that may not use the cloud must not come upon the controller's other agents by that. */
    @ParameterizedTest
    @EnumSource
    void aCloudThatRefusesIsNotGotRound(Mode mode) {
        String calls = new PretendedJenkins(mode)
                .plans(Plans.tag())
                .refusesPods("Not authorized to use Kubernetes cloud: builds")
                .run("imaasPipeline()");

        assertThat(calls).contains("fails: Not authorized").doesNotContain("node");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingStepInTheBodyIsNotTakenForAMissingPlugin(Mode mode) {
        String calls = new PretendedJenkins(mode)
                .plans(Plans.tag())
                .lacksAStepAt("build", "x")
                .run("imaasPipeline()");

        assertThat(calls).containsOnlyOnce("imaasBuild").contains("fails: No such DSL method 'x'");
    }

    @ParameterizedTest
    @EnumSource
    void aPlanWithoutAPodRunsOnAnyAgent(Mode mode) {
        String calls =
                new PretendedJenkins(mode).plans(Plans.tag().with("pod", "")).run("imaasPipeline()");

        assertThat(calls).contains("node ''").doesNotContain("podTemplate", "no Kubernetes to build in");
    }

    @ParameterizedTest
    @EnumSource
    void anotherPodCanBeWished(Mode mode) {
        PretendedJenkins jenkins = new PretendedJenkins(mode).plans(Plans.tag());

        jenkins.run("imaasPipeline(pod: 'mi-build')");

        assertThat(jenkins.podYaml()).singleElement().asString().doesNotContain("synapseTest");
    }

    @ParameterizedTest
    @EnumSource
    void whereATenantsPodRunsAndOfWhatItIsMadeIsNoOverride(Mode mode) {
        PretendedJenkins jenkins = new PretendedJenkins(mode)
                .plans(Plans.tag().with("namespace", "builds-orders").with("mavenCache", "maven-orders"));

        String calls = jenkins.run("imaasStages(imaasPlan([:]), "
                + "[namespace: 'builds-payments', images: [maven: 'evil'], mavenCache: 'maven-payments'])");

        assertThat(calls).contains("namespace: builds-orders").doesNotContain("payments");
        assertThat(jenkins.podYaml())
                .singleElement()
                .asString()
                .contains("claimName: maven-orders")
                .doesNotContain("payments", "evil");
    }

    @ParameterizedTest
    @EnumSource
    void aPodForUnitTestsWithoutAnImageForThemSaysWhoNamesIt(Mode mode) {
        String calls = new PretendedJenkins(mode)
                .plans(Plans.tag().with("images", Map.of("maven", "maven:3.9-eclipse-temurin-21")))
                .run("imaasPipeline(pod: 'mi-build-and-test')");

        assertThat(calls)
                .contains("needs an image for unit tests", "Pods of builds")
                .doesNotContain("podTemplate");
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownPodIsSaidByItsName(Mode mode) {
        String calls = new PretendedJenkins(mode).plans(Plans.tag()).run("imaasPipeline(pod: 'mi-bild')");

        assertThat(calls)
                .contains("pods/mi-bild.yaml")
                .contains("result: FAILURE")
                .doesNotContain("imaasBuild");
    }

    @ParameterizedTest
    @EnumSource
    void itTakesAnyBodyByHand(Mode mode) {
        String calls =
                new PretendedJenkins(mode).plans(Plans.nothing()).run("imaasAgent(label: 'maven') { echo 'by hand' }");

        assertThat(calls.lines().map(String::strip))
                .containsSubsequence("node 'maven'", "stage 'Checkout'", "echo by hand");
    }

    @Test
    void whatCannotBeSavedBetweenTwoStepsIsFound() {
        String unsaved = "stage('a') { def matcher = ('a' =~ /a/); echo 'before'; echo \"after ${matcher}\" }";

        assertThat(new PretendedJenkins(Mode.PLAIN).run(unsaved)).contains("result: SUCCESS");
        assertThat(new PretendedJenkins(Mode.CPS).run(unsaved)).contains("fails: java.util.regex.Matcher");
    }
}
